import ArrowFormat
import Columnar
import DelimitedText
import FileIO
import Typing

/// What the columns of some tables are together, and how each table's values become that.
struct ArraySchema {
  struct Column {
    var name: String
    /// What a lean table had there, which its type alone does not say.
    var ownType: LogicalType?
    /// The decimals that are floats in the file.
    var asFloats: LogicalType? { ownType?.scale == nil ? nil : ownType }
    /// What its values mean in all tables; `nil` where no column of ours can mean that.
    var type: LogicalType?
    /// As the first table has it.
    var field: ArrowField
    /// What the tables say of it beyond that.
    var declared: DeclaredType?
    var note: Note?
  }

  private(set) var columns: [Column]
  /// What each table's columns mean.
  private let types: [[LogicalType?]]
  /// What each table says that its lean columns were.
  private let ownTypes: [[LogicalType?]]
  /// Whether times are counted in the unit of the file, not in the coarsest that tells all of them.
  private let keepsUnits: Bool
  private let tableNames: [String]

  /// - Parameters:
  ///   - keepsTypes: Whether columns are of the types that they have in the file, or had in the lean table that was
  ///     written there: decimals, units.
  ///   - planned: The types that a plan wants.
  /// - Throws: `ReadingError` where the tables have not the same columns.
  init(
    _ tables: [any ArrayTable], keepsTypes: Bool = false, planned: [String: LogicalType] = [:]
  ) throws(ReadingError) {
    keepsUnits = keepsTypes
    ownTypes = tables.map { $0.fields.map(\.ownType) }
    tableNames = tables.map(\.name)
    types = tables.map { $0.fields.map(\.logicalType) }
    let names = HeaderNames.unique(tables[0].fields.map { Array($0.name.utf8) })
    columns = zip(names, tables[0].fields).map { name, field in
      Column(
        name: name, type: field.logicalType, field: field, declared: field.declared)
    }
    for table in tables.dropFirst() {
      guard table.fields.map(\.name) == tables[0].fields.map(\.name) else {
        throw Self.mismatch(table, tables[0])
      }
      for (index, field) in table.fields.enumerated() {
        let type = field.logicalType
        guard let own = columns[index].type, let type else {
          // A column that cannot be read may be left out; asked for, it is refused by its table.
          columns[index].type = nil
          continue
        }
        guard let joined = own.joined(type) else {
          throw ReadingError(
            .invalidValue, file: table.name, column: field.name,
            "the column is \(field.typeDescription), and"
              + " \(tables[0].fields[index].typeDescription) in \(tables[0].name)")
        }
        columns[index].type = joined
        columns[index].declared =
          columns[index].field.type == .null
          ? field.declared
          : field.type == .null
            ? columns[index].declared : columns[index].declared?.joined(field.declared)
        if columns[index].field.type == .null { columns[index].field = field }
      }
    }
    for index in columns.indices {
      let own = ownType(index)
      let isWanted = planned[columns[index].name].map { $0.name == own?.name } ?? keepsTypes
      if isWanted { columns[index].ownType = own }
      if columns[index].field.isUUID {
        columns[index].note = Note(
          .uuidsAreText, "column `\(columns[index].name)`: its UUIDs are handed over as text")
      }
      if let zone = columns[index].type?.zone, zone != "UTC" {
        columns[index].note = Note(
          .zoneByName,
          """
          column `\(columns[index].name)`: instants are kept, and its zone \(zone) by name; parts of \
          days are those of UTC
          """)
      }
    }
  }

  /// The error for a table that has other columns than the first.
  static func mismatch(
    _ table: any ArrayTable, _ first: any ArrayTable
  ) -> ReadingError {
    let (names, expected) = (table.fields.map(\.name), first.fields.map(\.name))
    let difference = UnitedColumns.difference(names, expected) ?? "they stand in another order"
    return ReadingError(
      .invalidValue, file: table.name,
      "its columns are not those of \(first.name): \(difference)",
      remedy: UnitedColumns.remedy(names, expected))
  }

  /// What a reader should know of the table: which names are not the files'.
  var notes: [Note] {
    let fields = columns.map { Array($0.field.name.utf8) }
    return HeaderNames.note(columns.map(\.name), for: fields).map { [$0] } ?? []
  }

  /// Refuses columns that no column of ours can be, all at once; one alone says itself why, with its
  /// place in the file.
  func checkTypes(of chosen: [Int]) throws(ReadingError) {
    let foreign = chosen.filter { columns[$0].type == nil }.map { columns[$0] }
    guard foreign.count > 1 else { return }
    throw ReadingError(
      .unsupportedInput, file: tableNames[0],
      foreign.map { "column `\($0.name)` is \($0.field.typeDescription)" }
        .joined(separator: ", ") + ": such columns are not read",
      remedy: "leave them out with \(option: "drop", columns: foreign.map(\.name))")
  }

  func check(names: [String]) throws(ReadingError) {
    for name in names where !columns.contains(where: { $0.name == name }) {
      throw ReadingError(
        .invalidValue, file: tableNames[0], column: name,
        "there is no such column; the columns are "
          + columns.prefix(20).map(\.name).joined(separator: ", "))
    }
  }

  /// What the lean columns were that became this one, if any was of another type than its field.
  private func ownType(_ column: Int) -> LogicalType? {
    guard ownTypes.contains(where: { $0[column] != nil }) else { return nil }
    var joined: LogicalType? = .null
    for (own, type) in zip(ownTypes, types) {
      guard let next = own[column] ?? type[column] else { return nil }
      joined = joined?.joined(next)
    }
    return joined
  }

  /// Forgets what a lean column was: its values are none of that any more.
  mutating func forgetOwnType(_ column: Int) { columns[column].ownType = nil }

  /// What a table's values of a column are, before it is known how fine its times are.
  func kind(_ column: Int, table: Int) -> FieldKind {
    if case .decimal? = columns[column].ownType, types[table][column] == .float,
      let own = ownTypes[table][column]
    {
      return FieldKind(own)
    }
    return types[table][column].map(FieldKind.init) ?? .null
  }

  /// What a column is, from all its chunks.
  ///
  /// - Throws: where a plan says otherwise.
  func settled(
    _ column: Int, _ evidence: ColumnEvidence, planned: LogicalType?
  ) throws(ReadingError) -> TypeResolver.Settled {
    let name = columns[column].name
    guard let declared = columns[column].asFloats ?? columns[column].type else {
      return TypeResolver.Settled(type: .null, kind: .null, fidelity: .text)
    }
    let used = evidence.valueKinds
    if used.reduce(into: FieldFacts(), { $0.formUnion($1.facts) })
      .isSuperset(of: [.unsigned, .negative])
    {
      throw ReadingError(
        .invalidValue, file: tableNames[0], column: name,
        "integers beyond 64 bits together: some below 0, some past 2^63 − 1")
    }
    let finest = used.compactMap(\.kind.unit).max()
    var kind = FieldKind(declared)
    if let unit = kind.unit { kind = kind.counted(in: finest ?? unit) }
    var type = kind.type(zone: declared.zone)
    let isSettled = { (kind: FieldKind) in
      used.allSatisfy { $0.kind.factor(to: kind) ?? 1 == 1 || $0.fits(kind) }
    }
    if planned == nil, let kept = keptType(column, finest: finest, hasValues: !used.isEmpty),
      isSettled(FieldKind(kept))
    {
      (kind, type) = (FieldKind(kept), kept)
    }
    if let planned {
      // Text may be stored as what its form allows, and nulls as anything.
      let isText = type == .string && planned.domain == .bytes
      if !isText, used.isEmpty || FieldKind(planned).holds(kind),
        declared == .null || planned.zone == declared.zone
      {
        kind = FieldKind(planned)
        type = planned
      } else if !isText {
        throw ReadingError(
          .invalidValue, file: tableNames[0], column: name,
          "the column is \(type), the plan says \(planned)",
          remedy: .newPlan)
      }
    }
    // What is counted in that unit already fits, without a sign, too.
    guard isSettled(kind) else {
      throw ReadingError(
        .invalidValue, file: tableNames[0], column: name,
        "its values together are beyond the 64 bits of \(type)")
    }
    return TypeResolver.Settled(type: type, kind: kind, fidelity: .text)
  }

  /// The type that a column keeps: that of the lean column which it was, or with the unit of the file.
  private func keptType(
    _ column: Int, finest: TimeUnit?, hasValues: Bool
  ) -> LogicalType? {
    if let own = columns[column].ownType {
      if let unit = own.unit { return finest.map { $0 <= unit } ?? true ? own : nil }
      // What the texts are is told by them, if there are any.
      return own.domain == .bytes && hasValues ? nil : own
    }
    return keepsUnits && columns[column].type?.unit != nil ? columns[column].type : nil
  }

  func misfit(_ column: Int, row: Int, unit: TimeUnit?) -> ReadingError {
    ReadingError(
      .invalidValue, file: tableNames[0], column: columns[column].name, row: row,
      "the value needs a finer unit than \(unit?.rawValue ?? "s")",
      remedy: .newPlan)
  }

  /// The error for values that are to compare otherwise than they do by themselves. Only text keeps
  /// the order of its categories.
  func refusedOrder(_ column: Int, table: Int, _ field: ArrowField) -> ReadingError {
    ReadingError(
      .unsupportedInput, file: tableNames[table], column: columns[column].name,
      "\(field.typeDescription) is ordered, otherwise than its values ascend, which only categories of"
        + " text keep",
      remedy: "leave it out with \(option: "drop", columns: [columns[column].name]), or make it"
        + " unordered")
  }

  /// What the column was, without what only its values tell.
  ///
  /// - Parameters:
  ///   - categories: The values of its dictionaries, where their order is to be kept.
  ///   - isEmpty: Whether no row has a value.
  func stored(_ column: Int, categories: [[UInt8]]?, isEmpty: Bool) -> StoredFacts {
    let field = columns[column].field
    var stored = StoredFacts(kind: field.storedKind, typeName: field.typeDescription)
    var declared = columns[column].declared
    if let categories {
      declared?.categories?.entries = categories
    } else if !isEmpty {
      declared?.categories = nil
    }
    stored.declared = declared
    return stored
  }

  /// What a reader of the report should know of a column.
  func notes(_ column: Int, _ profile: ColumnProfile, _ loaded: LoadedColumn) -> [Note] {
    var notes: [Note] = []
    if let stored = columns[column].type?.unit, let unit = profile.type.unit, unit < stored {
      notes.append(
        Note(
          .coarserUnit, "\(stored.rawValue) in the file; no value is finer than \(unit.rawValue)"))
    }
    if profile.type == .float, let floats = profile.floats, floats.nanCount == 0,
      loaded.evidence.floats.isWhole, let minimum = floats.minimum,
      let maximum = floats.maximum
    {
      let width = [8, 16, 32].first { bits in
        let limit = Double(sign: .plus, exponent: bits - 1, significand: 1)
        return minimum >= -limit && maximum < limit
      }
      if let width {
        notes.append(
          Note(
            .wholeFloats,
            "whole numbers throughout: cast to int\(width), they take \(width / 8) B each"))
      }
    }
    return notes
  }
}
