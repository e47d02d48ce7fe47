import Contracts
import Options
import TabularDiet
import Testing

/// The gate fails for what it is to fail for, and for nothing else.
@Suite struct GateTests {
  struct Change: CustomTestStringConvertible, Sendable {
    var code: FindingCode
    var column: String?
    /// The line of the first row, from 1; `nil` where no row is to blame.
    var line: Int?
    var change: @Sendable (inout MadeTable) -> Void

    var testDescription: String { "\(code.rawValue) \(column ?? "")" }

    init(
      _ code: FindingCode, _ column: String? = nil, line: Int? = nil,
      _ change: @escaping @Sendable (inout MadeTable) -> Void
    ) {
      (self.code, self.column, self.line, self.change) = (code, column, line, change)
    }
  }

  static let changes: [Change] = [
    Change(.columnRemoved, "price") { table in
      let place = table.column("price")
      table.header.remove(at: place)
      for row in table.rows.indices { table.rows[row].remove(at: place) }
    },
    Change(.columnAdded, "extra") { table in
      table.header.append("extra")
      for row in table.rows.indices { table.rows[row].append("x") }
    },
    Change(.columnRenamed, "price") { $0.header[$0.column("price")] = "unit_price" },
    Change(.columnRenamed, "shop") { $0.header[$0.column("shop")] = "Shop" },
    Change(.columnMoved, "id") { table in
      table.header.append(table.header.removeFirst())
      for row in table.rows.indices { table.rows[row].append(table.rows[row].removeFirst()) }
    },
    Change(.typeChanged, "pieces", line: 102) { $0.set("pieces", row: 100, "many") },
    Change(.typeChanged, "day", line: 5) { $0.set("day", row: 3, "31/12/2026") },
    Change(.finerUnit, "price", line: 12) { $0.set("price", row: 10, "1.125") },
    Change(.nullsFound, "id", line: 52) { $0.set("id", row: 50, "") },
    Change(.duplicatesFound, "id", line: 403) { $0.set("id", row: 401, $0.rows[17][0]) },
    Change(.newCategory, "shop", line: 8) { $0.set("shop", row: 6, "S9") },
    Change(.widerNeeded, "lot", line: 302) { $0.set("lot", row: 300, "70000") },
    Change(.widerNeeded, "pieces", line: 302) { $0.set("pieces", row: 300, "-129") },
    Change(.littleHeadroom, "lot") { $0.set("lot", row: 300, "32000") },
    Change(.constantVaries, "year", line: 90) { $0.set("year", row: 88, "2027") },
    Change(.relationBroken, "city", line: 33) { $0.set("city", row: 31, "Paris") },
    Change(.fewerRows) { $0.rows.removeLast(400) },
  ]

  @Test(arguments: changes)
  func aChangeIsNamedWithItsLine(_ change: Change) throws {
    let table = MadeTable(month: 3, seed: 1)
    let lock = try table.lock()
    #expect(try table.codes(lock).isEmpty)
    var changed = table
    change.change(&changed)
    for threads in [1, 3] {
      let checked = try changed.reader(threads: threads).check(lock)
      let finding = try #require(
        checked.findings.first { $0.code == change.code },
        "\(checked.findings.map(\.code.rawValue))")
      #expect(finding.column == change.column)
      #expect(finding.place?.line == change.line)
    }
  }

  @Test func theGateHoldsForWhatIsOnlyAnotherMonth() throws {
    let lock = try MadeTable(month: 1, seed: 11).lock()
    for month in 2...9 {
      let table = MadeTable(month: month, seed: UInt64(month * 7), rowCount: 500 + month * 20)
      for parts in [1, 3] {
        let checked = try table.reader(parts: parts, threads: 1 + month % 3).check(lock)
        #expect(
          checked.holds, "month \(month): \(checked.findings.filter { $0.level == .deny })")
      }
    }
  }

  @Test func spellingOfTextIsHeld() throws {
    let table = MadeTable(month: 3, seed: 1)
    let lock = try table.lock()
    let semicolons = try table.reader(delimiter: ";").check(lock)
    #expect(semicolons.findings.map(\.code) == [.dialectChanged] && !semicolons.holds)
  }

  @Test func everyCodeOfALockIsTried() {
    let tried = Set(Self.changes.map(\.code)).union([.dialectChanged])
    // What contracts of others alone have, what time has to show, and what other tests try.
    let others: Set<FindingCode> = [
      .valueNotAllowed, .outOfRange, .lengthNotAllowed, .ruleBroken, .narrowerPossible, .rangeGrew,
      .dictionaryOutgrown, .valuesAppeared, .willOutgrow, .encodingChanged, .valuesVanished,
      .nullsGrew, .recordsOdd,
    ]
    #expect(tried.union(others) == Set(FindingCode.allCases))
    #expect(tried.isDisjoint(with: others))
  }

  @Test func growthIsToldAndDoesNotFail() throws {
    var table = MadeTable(month: 3, seed: 1)
    table.header.append("empty")
    for row in table.rows.indices { table.rows[row].append("") }
    let lock = try table.lock()
    table.set("empty", row: 20, "7")
    table.set("lot", row: 40, "25000")
    let checked = try table.reader().check(lock)
    #expect(checked.holds)
    let told = checked.findings.filter { $0.level == .warn }
    #expect(told.contains { $0.code == .valuesAppeared && $0.place?.line == 22 })
    var policy = CheckPolicy()
    let isKnown = ["growth", "no-such"].map { policy.set(.deny, for: $0) }
    #expect(isKnown == [true, false])
    _ = policy.set(.allow, for: "values-appeared")
    let strict = try table.reader().check(lock, policy: policy)
    #expect(strict.holds == !strict.findings.contains { $0.level == .deny })
    #expect(strict.findings.contains { $0.code == .valuesAppeared && $0.level == .allow })
  }

  @Test func narrowerIsAllowed() throws {
    let table = MadeTable(month: 3, seed: 1)
    let lock = try table.lock()
    var small = table
    for row in small.rows.indices { small.set("lot", row: row, "\(row % 50)") }
    let checked = try small.reader().check(lock)
    #expect(checked.holds)
    #expect(
      checked.findings.contains {
        $0.code == .narrowerPossible && $0.column == "lot" && $0.level == .allow
      })
  }

  /// Floats that programs write are decimals in one month, and have an exponent in the next.
  @Test func spellingOfFloatsIsNoAlarm() throws {
    let rows = (0..<400).map { ["\(Double($0 % 97) / 100 - 0.3)"] }
    let lock = try MadeTable(["x"], rows).lock()
    var next = MadeTable(["x"], rows)
    next.set("x", row: 7, "1e-05")
    next.set("x", row: 8, "-0.0")
    #expect(try next.codes(lock).isEmpty)
  }

  /// The ends of 64 bits, each in many rows.
  @Test func outermostValuesAreLocked() throws {
    let ends = ["\(Int64.min)", "\(Int64.max)", "0"]
    let table = MadeTable(["x"], (0..<300).map { [ends[$0 % 3]] })
    let lock = try table.lock()
    #expect(lock.columns[0].minimum == nil && lock.columns[0].format == .i64)
    #expect(try table.codes(lock).isEmpty)
    let unsigned = MadeTable(["x"], (0..<300).map { ["\(UInt64.max - UInt64($0 % 3))"] })
    #expect(try unsigned.codes(unsigned.lock()).isEmpty)
  }

  /// Days and months of few dates could change places; the lock says which is which.
  @Test func datesAreReadAsTheLockSays() throws {
    let rows = (0..<300).map { ["\($0 % 28 + 1)/\($0 % 9 + 1)/2026"] }
    let lock = try MadeTable(["day"], rows).lock()
    #expect(lock.columns[0].type == .exact(.date))
    let few = MadeTable(["day"], (0..<200).map { ["\($0 % 9 + 1)/\($0 % 7 + 1)/2026"] })
    #expect(try few.codes(lock).isEmpty)
  }
}
