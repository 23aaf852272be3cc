package share

// A factNote is what people need to know of a fact, and the engine does not.
type factNote struct {
	about   string
	unit    string // of a number: bytes, pixels, seconds; "" is a plain number
	without string // content that has no such fact; "" where every request may be expected to have it
}

// description says what the fact is, and what has none.
func (n *factNote) description() string {
	if n.without == "" {
		return n.about
	}
	return n.about + "; " + n.without + " has none"
}

// factNotes describe the built-in facts.
var factNotes = [builtinFacts]factNote{
	factContentID:           {about: "the host's own id of the content"},
	factContentKind:         {about: "what the content is"},
	factContentURL:          {about: "the public page of the content"},
	factContentTitle:        {about: "its title", without: "untitled content"},
	factContentText:         {about: "its caption", without: "content without a caption"},
	factContentTags:         {about: "its tags, without #", without: "content without tags"},
	factContentVisibility:   {about: "who may see it"},
	factContentDownloadable: {about: "whether the creator lets others save it"},
	factContentCreatedAt:    {about: "when it was posted"},
	factContentExpiresAt:    {about: "when it disappears", without: "content that does not expire"},
	factMediaCount:          {about: "how many files it has", unit: "files"},
	factMediaTypes:          {about: "the media types of its files"},
	factMediaBytes:          {about: "the size of its largest file", unit: "bytes", without: "content without files"},
	factMediaWidth:          {about: "the width of its first file", unit: "pixels", without: "content without files"},
	factMediaHeight:         {about: "the height of its first file", unit: "pixels", without: "content without files"},
	factMediaDuration:       {about: "the length of its longest file", unit: "seconds", without: "a picture"},
	factContentImageURL:     {about: "its public preview picture", without: "content without a preview picture"},
	factContentEmbedURL:     {about: "its embeddable player", without: "content that cannot be embedded"},
	factViewerID:            {about: "what rollouts count by"},
	factViewerRole:          {about: "what the viewer is to the content"},
	factViewerRegion:        {about: "where the viewer is (ISO 3166-1 alpha-2)"},
	factViewerLocale:        {about: "the viewer's language (BCP 47)"},
	factViewerAgeBand:       {about: "the viewer's age, to within a band"},
	factDevicePlatform:      {about: "the family of the device"},
	factDeviceShare:         {about: "whether the system share sheet can be opened"},
	factDeviceShareFiles:    {about: "whether the system share sheet takes files"},
	factDeviceClipboard:     {about: "whether text can be written to the clipboard"},
	factDeviceInAppBrowser:  {about: "whether the page runs in another app's browser"},
	factDeviceBridge:        {about: "whether the page runs in the host's own app"},
	factNow:                 {about: "the moment of the decision"},
	factTargetID:            {about: "the target that is being decided"},
	factTargetNetwork:       {about: "the network of that target"},
	factTargetSurface:       {about: "the place within that network"},
	factTargetCategory:      {about: "the category of that target"},
}

// memberNote describes a member of a request that is no fact.
func memberNote(name string) string {
	switch name {
	case "content":
		return "What is shared."
	case "viewer":
		return "Who looks at the sheet."
	case "device":
		return "What the page can do."
	case "page":
		return "What the host's page adds to links."
	case "url":
		return "The address of the file."
	case "type":
		return "Its media type."
	case "bytes":
		return "Its size."
	case "width":
		return "Its width in pixels."
	case "height":
		return "Its height in pixels."
	case "durationSeconds":
		return "Its length in seconds."
	case "appIds":
		return "The host's own ids at networks, such as facebook."
	case "instances":
		return "The reader's servers by network, such as mastodon."
	case "via":
		return "The host's own handle on X, without @."
	case "redirectUri":
		return "Where Facebook's dialogs return to."
	case "keepTracking":
		return "Whether known tracking parameters stay in the address of the content."
	case "referral":
		return "The name of a parameter that tells the target apart, such as utm_source; by default none."
	case "startAt":
		return "Where a video starts, in seconds."
	case "text":
		return "The reader's own text, by target."
	}
	return ""
}
