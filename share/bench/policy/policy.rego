# All targets in one answer, as a list in the order of the targets: 1 is
# permitted, 2 forbidden, 3 neither.
package sharewise

stories := {"instagram.story", "facebook.story"}

reels := {"instagram.reels", "facebook.reels"}

social := {"facebook", "x", "threads", "reddit", "bluesky", "linkedin", "pinterest"}

direct := {"whatsapp", "telegram", "email", "link.copy", "link.qr", "system"}

outside := ((stories | reels) | social) | direct

targets := [
	"instagram.story", "facebook.story", "instagram.reels", "facebook.reels", "facebook", "x", "threads", "reddit",
	"bluesky", "linkedin", "pinterest", "whatsapp", "telegram", "email", "link.copy", "link.qr", "system", "friends",
	"media.save", "content.delete",
]

permit contains t if {
	input.content.kind == "story"
	input.viewer.role == "owner"
	input.viewer.bucket < 25000
	some t in stories
}

permit contains t if {
	input.content.kind == "video"
	input.viewer.role == "owner"
	some t in reels
}

permit contains t if {
	input.content.visibility == "public"
	input.content.kind in {"story", "video", "photo", "post"}
	some t in social | direct
}

permit contains "friends" if input.viewer.role in {"owner", "friend"}

permit contains t if {
	input.viewer.role == "owner"
	some t in {"media.save", "content.delete"}
}

permit contains "media.save" if input.content.downloadable

forbid contains t if {
	input.content.kind == "story"
	some t in reels
}

forbid contains t if {
	input.content.kind != "story"
	some t in stories
}

forbid contains t if {
	input.content.visibility == "private"
	some t in outside | {"friends"}
}

forbid contains t if {
	input.content.visibility == "friends"
	input.viewer.role != "owner"
	some t in outside
}

forbid contains t if {
	input.now >= input.content.expiresAt
	some t in outside | {"friends"}
}

forbid contains t if {
	young
	some t in social
}

young if input.viewer.ageBand == "under-13"

young if {
	input.viewer.ageBand == "13-17"
	input.viewer.region in {"AU", "FR", "DK"}
}

code(t) := 2 if {
	t in forbid
} else := 1 if {
	t in permit
} else := 3

answer := [code(t) | some t in targets]
