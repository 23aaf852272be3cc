package share

// A Link is the address of the content as all deliveries use it, and what was
// taken out of it.
type Link struct {
	URL     string // "" if the content has none
	Removed []Parameter
}

// A Parameter is one part of a query, exactly as it stood in the URL.
type Parameter struct{ Name, Value string }

// tracking lists parameters that tell who shared a link, and nothing about what
// is behind it. An entry that ends in * stands for all names that begin so.
const tracking = " utm_* fbclid gclid dclid gbraid wbraid gclsrc gad_source gad_campaignid srsltid msclkid twclid ttclid" +
	" yclid ysclid ymclid _openstat igshid mc_eid mc_cid mkt_tok _ga _gl _hsenc _hsmi __hs* hsCtaTracking hsa_* mtm_* pk_* piwik_*" +
	" itm_* vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid wickedid ml_subscriber ml_subscriber_hash" +
	" _branch_match_id _branch_referrer irclickid irgwc ir_* bsft_* _kx cm_mmc* sc_customer sc_eh sc_lid sc_llid sc_src sc_uid" +
	" et_rid et_cid et_lid at_* guccounter guce_referrer guce_referrer_sig ss_source ss_campaign_* sms_click sms_source sms_uph" +
	" action_object_map action_type_map action_ref_map fb_action_ids fb_action_types fb_source fb_ref fb_comment_id ga_* gs_l hmb_*" +
	" cmpid spm wt_mc xtor awc tduid sscid erid __twitter_impression "

// siteTracking lists parameters that are only that on one site, by the end of
// its host name. Elsewhere many of them mean something.
var siteTracking = [...][2]string{
	{"instagram.com", " igsh ig_rid "},
	{"threads.com", " xmt "},
	{"threads.net", " xmt "},
	{"x.com", " s t ref_src ref_url cxt cn "},
	{"twitter.com", " s t ref_src ref_url cxt cn "},
	{"youtube.com", " si feature pp is app embeds_* source_ve_path kw "},
	{"youtu.be", " si feature pp is "},
	{"tiktok.com", " _t _r _d u_code preview_pb timestamp user_id share_app_name share_iid source embed_source refer referer_url referer_video_id "},
	{"facebook.com", " mibextid __tn__ __cft__[0] __xts__[0] __cft__%5B0%5D __xts__%5B0%5D eid rdid sfnsn paipv hc_* ref* comment_tracking acontext idorvanity wtsid "},
	{"reddit.com", " share_id correlation_id ref ref_source ref_campaign rdt $deep_link $3p $original_url "},
	{"linkedin.com", " trk trackingId trackingCode refId lipi rcm original_referer "},
	{"spotify.com", " si "},
	{"snapchat.com", " sc_referrer sc_ua "},
	{"medium.com", " source "},
	{"tumblr.com", " source "},
	{"bilibili.com", " share_* spm_id_from vd_source from_spmid unique_k buvid "},
	{"weibo.com", " weibo_id dt_dapp "},
	{"ebay.com", " mkcid mkevt ssspo ssrc ssuid widget_ver media _trkparms _trksid "},
	{"amazon.com", " ref ref_ pd_rd_* pf_rd_* qid sr sprefix crid dib dib_tag keywords linkCode tag ascsubtag content-id social_share "},
}

// private lists parameters of signed URLs and of signing in. A URL with one of
// them is left as it is: without all its parts it would not work.
const private = " sig signature hmac x-amz-* x-goog-* x-ms-* token access_token id_token auth_token policy key-pair-id expires" +
	" client_id redirect_uri response_type state nonce code_challenge samlrequest samlresponse relaystate oauth_* openid.* sv sp se "

// privatePaths are names of paths at which people sign in.
const privatePaths = " login signin sign-in sign_in logon oauth oauth2 authorize auth sso saml saml2 openid connect "

// cleanLink gives the address of the content: without tracking parameters, and
// with the moment at which a video starts. The receipt lists what was removed.
func cleanLink(req *Request) Link {
	url, problem := checkURL(req.Content.URL)
	if problem != "" {
		return Link{}
	}
	l := Link{URL: url}
	if isPrivate(url) {
		return l
	}
	if !req.Page.KeepTracking {
		l.clean()
	}
	if req.Content.Kind == Video {
		l.URL = startAt(l.URL, req)
	}
	return l
}

func (l *Link) clean() {
	path, query, fragment := splitURL(l.URL)
	if query == "" {
		return
	}
	site := ""
	host := hostOf(path)
	for i := range siteTracking {
		if onSite(host, siteTracking[i][0]) {
			site = siteTracking[i][1]
		}
	}
	if site != "" && onSite(host, "facebook.com") && (containsText(path, "/dialog/") || containsText(path, "/plugins/")) {
		site = ""
	}
	b := make([]byte, 0, len(l.URL))
	b = append(b, path...)
	sep := byte('?')
	eachParameter(query, func(part, name, value string) {
		if listed(tracking, name) || listed(site, name) {
			l.Removed = append(l.Removed, Parameter{name, value})
			return
		}
		b = append(append(b, sep), part...)
		sep = '&'
	})
	if l.Removed != nil {
		l.URL = string(append(b, fragment...))
	}
}

// isPrivate tells whether a URL is for one reader or one visit.
func isPrivate(url string) bool {
	path, query, _ := splitURL(url)
	found := false
	start := 0
	for i := 0; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			found = found || listed(privatePaths, lowerText(path[start:i]))
			start = i + 1
		}
	}
	eachParameter(query, func(_, name, _ string) { found = found || listed(private, lowerText(name)) })
	return found
}

// refer gives the address with the page's own parameter for one target, if the
// page wants one and the address has none of that name.
func refer(req *Request, url, target string) string {
	name := req.Page.Referral
	if name == "" || url == "" || isPrivate(url) {
		return url
	}
	_, query, _ := splitURL(url)
	there := false
	eachParameter(query, func(_, n, _ string) { there = there || n == name })
	if there {
		return url
	}
	return addParameter(url, string(escape(nil, name, false))+"="+target)
}

// startAt gives the address of a video with the second at which it starts:
// as t, which most sites read, or as the site of the video wants it.
func startAt(url string, req *Request) string {
	at, known := req.Page.StartAt.Float()
	if !known || at < 1 || at >= 1e6 {
		return url
	}
	if len(req.Content.Media) > 0 {
		if d, known := req.Content.Media[0].DurationSeconds.Float(); known && at >= d {
			return url
		}
	}
	second := itoa(int(at))
	path, query, fragment := splitURL(url)
	host := hostOf(path)
	name := "t"
	switch {
	case onSite(host, "vimeo.com"):
		return path + query + "#t=" + second + "s"
	case onSite(host, "dailymotion.com"), containsText(host, "youtube") && containsText(path, "/embed/"):
		name = "start"
	default:
		// A file has no page to read a query: W3C Media Fragments, section 4.2.1.
		if m := (Media{URL: path}); formatOf(&m).isVideo() && fragment == "" {
			return url + "#t=" + second
		}
	}
	b := append(make([]byte, 0, len(url)+len(second)+8), path...)
	sep := byte('?')
	eachParameter(query, func(part, n, _ string) {
		if n != name {
			b = append(append(b, sep), part...)
			sep = '&'
		}
	})
	b = append(append(append(append(append(b, sep), name...), '='), second...), fragment...)
	return string(b)
}

// addParameter puts a parameter at the end of the query.
func addParameter(url, part string) string {
	path, query, fragment := splitURL(url)
	switch {
	case query == "":
		query = "?" + part
	case query == "?" || query[len(query)-1] == '&':
		query += part
	default:
		query += "&" + part
	}
	return path + query + fragment
}

// splitURL cuts a URL before its ? and before its #.
func splitURL(s string) (path, query, fragment string) {
	q, f := len(s), len(s)
	for i := 0; i < len(s); i++ {
		if s[i] == '#' {
			f = i
			break
		}
		if s[i] == '?' && q == len(s) {
			q = i
		}
	}
	q = min(q, f)
	return s[:q], s[q:f], s[f:]
}

func eachParameter(query string, do func(part, name, value string)) {
	for start := 1; start < len(query); {
		end, equals := start, -1
		for end < len(query) && query[end] != '&' {
			if query[end] == '=' && equals < 0 {
				equals = end
			}
			end++
		}
		part := query[start:end]
		if equals < 0 {
			do(part, part, "")
		} else {
			do(part, query[start:equals], query[equals+1:end])
		}
		start = end + 1
	}
}

// hostOf gives the host of a checked URL, in lower case and without its port.
func hostOf(url string) string {
	start := len("http://")
	if len(url) > 4 && url[4] == 's' {
		start++
	}
	end := start
	for end < len(url) && !hasByte("/?#", url[end]) && (url[end] != ':' || url[start] == '[') {
		end++
	}
	return lowerText(url[min(start, end):end])
}

// onSite tells whether a host is a domain or below it.
func onSite(host, domain string) bool {
	n := len(host) - len(domain)
	return n >= 0 && host[n:] == domain && (n == 0 || host[n-1] == '.')
}

// listed looks a name up in a list whose words stand between blanks.
func listed(list, name string) bool {
	for i := 1; i < len(list); {
		end := i
		for list[end] != ' ' {
			end++
		}
		word := list[i:end]
		if n := len(word) - 1; word == name || word[n] == '*' && len(name) >= n && (name[:n] == word[:n] || word == "utm_*" && equalFold(name[:n], word[:n])) {
			return true
		}
		i = end + 1
	}
	return false
}

func containsText(s, part string) bool { return indexText(s, part) >= 0 }

func indexText(s, part string) int {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return i
		}
	}
	return -1
}

func lowerText(s string) string {
	for i := 0; i < len(s); i++ {
		if lowerASCII(s[i]) != s[i] {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = lowerASCII(b[i])
			}
			return string(b)
		}
	}
	return s
}
