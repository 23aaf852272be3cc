// Package address checks http and https addresses, takes them apart and puts
// them together again, and knows which of their parameters track a reader.
package address
