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
var tracking = newWordList(" utm_* fbclid gclid dclid gbraid wbraid gclsrc gad_source gad_campaignid srsltid msclkid twclid ttclid" +
	" yclid ysclid ymclid _openstat igshid mc_eid mc_cid mkt_tok _ga _gl _hsenc _hsmi __hssc __hstc __hsfp hsCtaTracking hsa_* mtm_* pk_* piwik_*" +
	" itm_* vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid wickedid ml_subscriber ml_subscriber_hash" +
	" _branch_match_id _branch_referrer irclickid irgwc ir_* bsft_* _kx cm_mmc* sc_customer sc_eh sc_lid sc_llid sc_src sc_uid" +
	" et_rid et_cid et_lid at_* guccounter guce_referrer guce_referrer_sig ss_source ss_campaign_* sms_click sms_source sms_uph" +
	" action_object_map action_type_map action_ref_map fb_action_ids fb_action_types fb_source fb_ref fb_comment_id ga_* gs_l hmb_*" +
	" cmpid spm wt_mc xtor awc tduid sscid erid __twitter_impression ")

// siteTracking lists, site by site, parameters that are only that there;
// elsewhere many of them mean something. Before two blanks stand the ends of the
// site's host names; one that ends in a dot has an ending for every country.
const siteTracking = "" +
	"instagram.com  igsh ig_rid\n" +
	"threads.com threads.net  xmt\n" +
	"x.com twitter.com  s t ref_src ref_url cxt cn\n" +
	"youtube.com youtu.be  si feature pp is app embeds_* source_ve_path kw\n" +
	"tiktok.com  _t _r _d u_code preview_pb timestamp user_id share_app_name share_iid source embed_source refer referer_url referer_video_id\n" +
	"facebook.com  mibextid __tn__ __cft__[0] __xts__[0] __cft__%5B0%5D __xts__%5B0%5D eid rdid sfnsn paipv hc_* ref* comment_tracking acontext idorvanity wtsid\n" +
	"reddit.com  share_id correlation_id ref ref_source ref_campaign rdt $deep_link $3p $original_url\n" +
	"linkedin.com  trk trackingId trackingCode refId lipi rcm original_referer\n" +
	"spotify.com  si\n" +
	"snapchat.com  sc_referrer sc_ua\n" +
	"medium.com tumblr.com  source\n" +
	"bilibili.com  share_* spm_id_from vd_source from_spmid unique_k buvid\n" +
	"weibo.com  weibo_id dt_dapp\n" +
	"ebay.  mkcid mkevt ssspo ssrc ssuid widget_ver media _trkparms _trksid\n" +
	"amazon.  ref ref_ pd_rd_* pf_rd_* qid sr sprefix crid dib dib_tag keywords th linkCode tag ascsubtag content-id social_share\n" +
	"google.  ved ei oq gs_lp sca_esv sxsrf uact aqs\n"

// siteOf gives the list for the site of a host.
func siteOf(host string) string {
	for rest := siteTracking; rest != ""; {
		var site, end string
		site, rest = cutText(rest, '\n')
		for site != "" && site[0] != ' ' {
			if end, site = cutText(site, ' '); onSite(host, end) {
				for site[0] != ' ' {
					_, site = cutText(site, ' ')
				}
				return site
			}
		}
	}
	return ""
}

// private lists parameters of signed URLs and of signing in. A URL with one of
// them is left as it is: without all its parts it would not work.
var private = newWordList(" sig signature hmac x-amz-* x-goog-* x-ms-* token access_token id_token auth_token policy key-pair-id expires" +
	" client_id redirect_uri response_type state nonce code_challenge samlrequest samlresponse relaystate oauth_* openid.* sv sp se ")

// privatePaths are parts of hosts and paths at which people sign in.
var privatePaths = newWordList(" login signin sign-in sign_in logon oauth oauth2 authorize auth sso saml saml2 openid connect ")

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
	host := hostOf(path)
	site := siteOf(host)
	switch {
	case onSite(host, "facebook.com"):
		if containsText(path, "/dialog/") || containsText(path, "/plugins/") {
			site = ""
		}
	case onSite(host, "amazon."):
		// Amazon has one of them in the path too.
		if i := indexText(path, "/ref="); i >= 0 {
			l.Removed = append(l.Removed, Parameter{"ref", path[i+len("/ref="):]})
			path = path[:i]
		}
	}
	b := make([]byte, 0, len(l.URL))
	b = append(b, path...)
	sep := byte('?')
	eachParameter(query, func(part, name, value string) {
		if tracking.has(name) || listed(site, name) {
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
		if i == len(path) || path[i] == '/' || path[i] == '.' {
			found = found || privatePaths.has(lowerText(path[start:i]))
			start = i + 1
		}
	}
	eachParameter(query, func(_, name, _ string) { found = found || private.has(lowerText(name)) })
	return found
}

// A referral is the address as targets get it where the page wants to tell them
// apart: with the page's own parameter, unless the address is private or has one
// of that name.
type referral struct {
	url         string
	name        string // "" where every target gets the same address
	end         string // of url, from its fragment on
	hasQuestion bool
}

func referralOf(req *Request, url string) referral {
	r := referral{url: url, name: req.Page.Referral}
	if r.name == "" || url == "" || isPrivate(url) {
		return referral{url: url}
	}
	path, query, fragment := splitURL(url)
	there := false
	eachParameter(query, func(_, n, _ string) { there = there || n == r.name })
	if there {
		return referral{url: url}
	}
	r.name, r.end = string(escape(nil, r.name, false)), fragment
	if n := len(query); n > 1 && query[n-1] == '&' || n == 1 {
		query = query[:n-1] // what comes next brings its own
	}
	r.url, r.hasQuestion = path+query, query != ""
	return r
}

// to gives the address for one target.
func (r *referral) to(target string) string {
	switch {
	case r.name == "":
		return r.url
	case r.hasQuestion:
		return r.url + "&" + r.name + "=" + target + r.end
	}
	return r.url + "?" + r.name + "=" + target + r.end
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
	host, name := hostOf(path), "t"
	switch {
	case onSite(host, "vimeo.com"):
		return path + query + "#t=" + second + "s"
	case onSite(host, "dailymotion.com"), containsText(host, "youtube") && containsText(path, "/embed/"):
		name = "start"
	case listed(siteOf(host), name):
		return url // there it tells who shared the link
	default:
		// A file has no page to read a query: W3C Media Fragments, section 4.2.1.
		if m := (Media{URL: path}); formatOf(&m).isVideo() && fragment == "" {
			return url + "#t=" + second
		}
	}
	return setParameter(url, name, second)
}

// setParameter puts a parameter at the end of the query, in place of those of
// the same name.
func setParameter(url, name, value string) string {
	path, query, fragment := splitURL(url)
	b := append(make([]byte, 0, len(url)+len(name)+len(value)+2), path...)
	sep := byte('?')
	eachParameter(query, func(part, n, _ string) {
		if n != name {
			b = append(append(b, sep), part...)
			sep = '&'
		}
	})
	b = append(append(append(b, sep), name...), '=')
	return string(append(append(b, value...), fragment...))
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

// eachParameter goes through a query with its question mark.
func eachParameter(query string, do func(part, name, value string)) {
	if query == "" {
		return
	}
	for query = query[1:]; query != ""; {
		var part string
		part, query = cutText(query, '&')
		name, value := cutText(part, '=')
		do(part, name, value)
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

// onSite tells whether a host is a domain or below it. A domain that ends in a
// dot stands for itself in every country, such as amazon.co.uk.
func onSite(host, domain string) bool {
	if domain[len(domain)-1] == '.' {
		i := indexText(host, domain)
		return i >= 0 && (i == 0 || host[i-1] == '.') && len(host)-i-len(domain) <= len("com.br")
	}
	n := len(host) - len(domain)
	return n >= 0 && host[n:] == domain && (n == 0 || host[n-1] == '.')
}

// listed looks a name up in a list of words with blanks between them.
func listed(list, name string) bool {
	for list != "" {
		var word string
		word, list = cutText(list, ' ')
		if meant(word, name) {
			return true
		}
	}
	return false
}

// meant tells whether a word of a list stands for a name.
func meant(word, name string) bool {
	n := len(word) - 1
	return n >= 0 && (word == name || word[n] == '*' && len(name) >= n && (name[:n] == word[:n] || word == "utm_*" && equalFold(name[:n], word[:n])))
}

// A wordList is a long list of words, each of which is found at once.
type wordList []string

func newWordList(list string) (l wordList) {
	for list != "" {
		var word string
		if word, list = cutText(list, ' '); word != "" {
			l = append(l, word)
		}
	}
	return l
}

func (l wordList) has(name string) bool {
	if name == "" {
		return false
	}
	first := lowerASCII(name[0])
	for _, word := range l {
		if lowerASCII(word[0]) == first && meant(word, name) {
			return true
		}
	}
	return false
}

// cutText gives what stands before and after the first such byte; all and
// nothing where there is none.
func cutText(s string, c byte) (before, after string) {
	for i := range len(s) {
		if s[i] == c {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
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
