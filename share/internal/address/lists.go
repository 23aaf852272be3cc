package address

import "sharewise/share/internal/text"

// Tracking lists parameters that tell who shared a link, and nothing about what
// is behind it, in lower case. An entry that ends in * stands for all names that
// begin so: only where a service documents that all of them are its own, and where
// nothing else has names that begin so.
var Tracking = newWordList("" +
	" utm_* fbclid gclid dclid gbraid wbraid gclsrc gad_source gad_campaignid srsltid msclkid twclid ttclid" +
	" yclid ysclid ymclid _openstat igshid mc_eid mc_cid mkt_tok _ga _gl _hsenc _hsmi __hssc __hstc __hsfp hsctatracking" +
	" hsa_acc hsa_cam hsa_grp hsa_ad hsa_src hsa_tgt hsa_kw hsa_mt hsa_net hsa_ver" +
	" mtm_campaign mtm_keyword mtm_kwd mtm_source mtm_medium mtm_content mtm_cid mtm_group mtm_placement" +
	" pk_campaign pk_keyword pk_kwd pk_source pk_medium pk_content pk_cid" +
	" piwik_campaign piwik_keyword piwik_kwd itm_source itm_medium itm_campaign itm_content itm_term" +
	" vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid wickedid ml_subscriber ml_subscriber_hash" +
	" _branch_match_id _branch_referrer irclickid irgwc ir_adid ir_campaignid ir_partnerid bsft_* _kx cm_mmc*" +
	" sc_customer sc_eh sc_lid sc_llid sc_src sc_uid et_rid et_cid et_lid" +
	" at_medium at_campaign at_campaign_type at_creation at_format at_variant at_channel at_network at_term at_platform" +
	" at_emailtype at_recipient_id at_send_date at_link at_link_id at_custom1 at_custom2 at_custom3 at_custom4 at_bbc_team" +
	" guccounter guce_referrer guce_referrer_sig ss_source ss_campaign_id ss_campaign_name ss_campaign_sent_date" +
	" sms_click sms_source sms_uph action_object_map action_type_map action_ref_map fb_action_ids fb_action_types fb_source fb_ref" +
	" fb_comment_id ga_source ga_medium ga_term ga_content ga_campaign ga_place gs_l hmb_campaign hmb_medium hmb_source" +
	" cmpid spm wt_mc xtor awc tduid sscid erid __twitter_impression ")

// siteTracking lists, site by site, parameters that track on that site only;
// elsewhere many of them mean something. Before two blanks stand the domains of the
// site; one that ends in a dot has an ending for every country (OnSite).
const siteTracking = "" +
	"instagram.com  igsh ig_rid\n" +
	"threads.com threads.net  xmt\n" +
	"x.com twitter.com  s t ref_src ref_url cxt cn\n" +
	"youtube.com youtu.be  si feature pp is app embeds_* source_ve_path kw\n" +
	"tiktok.com  _t _r _d u_code preview_pb timestamp user_id share_app_name share_iid source embed_source refer referer_url referer_video_id\n" +
	"facebook.com  mibextid __tn__ __cft__[0] __xts__[0] eid rdid sfnsn paipv hc_* ref* comment_tracking acontext idorvanity wtsid\n" +
	"reddit.com  share_id correlation_id ref ref_source ref_campaign rdt $deep_link $3p $original_url\n" +
	"linkedin.com  trk trackingId trackingCode refId lipi rcm original_referer\n" +
	"spotify.com  si\n" +
	"snapchat.com  sc_referrer sc_ua\n" +
	"medium.com tumblr.com  source\n" +
	"bilibili.com  share_* spm_id_from vd_source from_spmid unique_k buvid\n" +
	"weibo.com  weibo_id dt_dapp\n" +
	"ebay.  mkcid mkevt ssspo ssrc ssuid widget_ver media _trkparms _trksid\n" +
	"amazon.  ref ref_ pd_rd_* pf_rd_* qid sr sprefix crid dib dib_tag th linkCode tag ascsubtag content-id social_share\n" +
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
			found = found || privatePaths.Has(path[start:i])
			start = i + 1
		}
	}
	EachParameter(query, func(_, name, _ string) { found = found || private.Has(name) })
	return found
}

// Listed looks a name up, in any case, in a list of words with blanks between them.
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
	return n >= 0 && (text.EqualFold(word, name) || word[n] == '*' && len(name) >= n && text.EqualFold(name[:n], word[:n]))
}

// A wordList is a long list of words in lower case, each of which is found at once.
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

// Has reports whether a name is in the list, in any case.
func (l wordList) Has(name string) bool {
	if name == "" {
		return false
	}
	for _, word := range l {
		if word[0] == text.Lower(name[0]) && meant(word, name) {
			return true
		}
	}
	return false
}
