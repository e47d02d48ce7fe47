import Columnar

/// NaN as words that other engines read as missing, in one chunk.
struct NaNWords {
  var mixedCase = NullWordTallies.Tally()
  var lowercase = NullWordTallies.Tally()
}
