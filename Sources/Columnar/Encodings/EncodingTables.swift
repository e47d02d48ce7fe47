/// What all rows of a column share while they are stored. Read by any number of threads.
package struct EncodingTables: Sendable {
  /// The distinct values that codes point to.
  var dictionary: Column?
  /// The way from a value to its code.
  var ranks: RankFinder?
  /// The tokens of the column's text.
  var vocabulary: TokenVocabulary?
  /// What the compression of the column's text begins with.
  var textDictionary: TextDictionary?
  /// The stored form of the strings of each table that chunks' codes point to.
  var storedCodes: [ObjectIdentifier: StoredCodes] = [:]
}
