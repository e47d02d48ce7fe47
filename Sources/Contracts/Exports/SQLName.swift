/// Names in SQL.
enum SQLName {
  /// Whether every database takes a name as it stands: small letters, digits and `_`, and no word of the language.
  static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, isSmallLetter(first) || first == 0x5F else { return false }
    let isOfSigns = name.utf8.allSatisfy {
      isSmallLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
    return isOfSigns && !keywords.contains(name)
  }

  private static func isSmallLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  /// The reserved words of PostgreSQL, DuckDB, Snowflake and BigQuery.
  private static let keywords = Set(
    """
    all alter analyse analyze and anti any array as asc assert_rows_modified asymmetric at
    authorization between binary both by case cast check cluster collate collation column
    concurrently connect connection constraint contains create cross cube current current_catalog
    current_date current_role current_schema current_time current_timestamp current_user database
    default deferrable define delete desc describe distinct do drop else end enum escape except
    exclude exists extract false fetch following for foreign freeze from full fulltext function glob
    grant group grouping groups hash having if ignore ilike in increment index initially inner
    insert intersect interval into is isnull issue join key lambda lateral leading left like limit
    localtime localtimestamp lookup merge minus natural new no not notnull null nulls of offset on
    only option or order organization outer over overlaps partition pivot placing positional
    preceding primary proto qualify range recursive references regexp respect returning revoke right
    rlike rollup row rows sample schema select semi session_user set show similar some start struct
    summarize symmetric system_user table tablesample then to trailing treat trigger true try_cast
    unbounded union unique unnest unpivot update user using values variadic verbose view when
    whenever where window with within
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
