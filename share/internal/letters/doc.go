// Package letters counts and cuts texts in the units of networks: characters as
// readers see them (UAX #29), code points, and the weights of X.
package letters
