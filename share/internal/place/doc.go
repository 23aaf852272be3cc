// Package place knows the countries and areas of the world (ISO 3166-1, UN
// M.49) and the tags of languages (BCP 47).
package place
