package address

import "sharewise/share/internal/text"

// Tracking lists parameters that tell who shared a link, and nothing about what
// is behind it. An entry that ends in * stands for all names that begin so.
var Tracking = newWordList(" utm_* fbclid gclid dclid gbraid wbraid gclsrc gad_source gad_campaignid srsltid msclkid twclid ttclid" +
	" yclid ysclid ymclid _openstat igshid mc_eid mc_cid mkt_tok _ga _gl _hsenc _hsmi __hssc __hstc __hsfp hsCtaTracking hsa_* mtm_* pk_* piwik_*" +
	" itm_* vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid wickedid ml_subscriber ml_subscriber_hash" +
	" _branch_match_id _branch_referrer irclickid irgwc ir_* bsft_* _kx cm_mmc* sc_customer sc_eh sc_lid sc_llid sc_src sc_uid" +
	" et_rid et_cid et_lid at_* guccounter guce_referrer guce_referrer_sig ss_source ss_campaign_* sms_click sms_source sms_uph" +
	" action_object_map action_type_map action_ref_map fb_action_ids fb_action_types fb_source fb_ref fb_comment_id ga_* gs_l hmb_*" +
	" cmpid spm wt_mc xtor awc tduid sscid erid __twitter_impression ")

// siteTracking lists, site by site, parameters that track on that site only;
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

// SiteOf gives the list for the site of a host.
func SiteOf(host string) string {
	for rest := siteTracking; rest != ""; {
		var site, end string
		site, rest = text.Cut(rest, '\n')
		for site != "" && site[0] != ' ' {
			if end, site = text.Cut(site, ' '); OnSite(host, end) {
				for site[0] != ' ' {
					_, site = text.Cut(site, ' ')
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

// IsPrivate tells whether a URL is for one reader or one visit.
func IsPrivate(url string) bool {
	path, query, _ := SplitURL(url)
	found := false
	start := 0
	for i := 0; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' || path[i] == '.' {
			found = found || privatePaths.Has(text.LowerText(path[start:i]))
			start = i + 1
		}
	}
	EachParameter(query, func(_, name, _ string) { found = found || private.Has(text.LowerText(name)) })
	return found
}

// Listed looks a name up in a list of words with blanks between them.
func Listed(list, name string) bool {
	for list != "" {
		var word string
		word, list = text.Cut(list, ' ')
		if meant(word, name) {
			return true
		}
	}
	return false
}

// meant tells whether a word of a list stands for a name.
func meant(word, name string) bool {
	n := len(word) - 1
	return n >= 0 && (word == name || word[n] == '*' && len(name) >= n && (name[:n] == word[:n] || word == "utm_*" && text.EqualFold(name[:n], word[:n])))
}

// A wordList is a long list of words, each of which is found at once.
type wordList []string

func newWordList(list string) (l wordList) {
	for list != "" {
		var word string
		if word, list = text.Cut(list, ' '); word != "" {
			l = append(l, word)
		}
	}
	return l
}

func (l wordList) Has(name string) bool {
	if name == "" {
		return false
	}
	first := text.Lower(name[0])
	for _, word := range l {
		if text.Lower(word[0]) == first && meant(word, name) {
			return true
		}
	}
	return false
}
