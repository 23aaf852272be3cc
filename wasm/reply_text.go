//go:build js && wasm && tinygo && !inspector

package main

import "sharewise/share"

// The engine of a page replies in text: vert, with the reflection that it needs
// and the half of syscall/js that has to be written in JavaScript, is 4 KB of
// 64 to download, and a page's engine has no other use for them. Without them
// it holds no reference to anything of the page.

func replyLoaded(r *share.Rules, err error) { writeLoaded(r, err) }

func replyProblems(err error) { writeRefused(err) }
