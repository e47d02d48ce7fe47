import Foundation
import Testing

@testable import Columnar
@testable import DelimitedText
@testable import FileIO
@testable import MemoryDiet
@testable import TabularDiet

/// Floats are stored in 32 bits that do not hold them exactly only on request, and only as near as
/// was asked for.
@Suite struct FloatErrorTests {
  private let policy = LayoutPolicy(floatErrorLimit: 1e-6)

  /// Rows of a float that binary32 rounds, and of a number; `special` are put in at a row.
  private func text(_ special: [Int: String] = [:], rowCount: Int = 400) -> String {
    "v,n\n"
      + (0..<rowCount).map { row in
        "\(special[row] ?? "\(Double(row) * 1.000_000_1e-5 + 1e-9)"),\(row * row % 17)\n"
      }.joined()
  }

  private func recommendation(
    _ text: String, _ policy: LayoutPolicy, chunkByteCount: Int = 1 << 20, threads: Int = 1
  ) throws -> Recommendation {
    let table = try load(Array(text.utf8), chunkByteCount: chunkByteCount, threads: threads)
    return Recommendation(for: table.columns[0].profile, policy: policy)
  }

  private func withFile<R>(_ text: String, _ body: (_ path: String) throws -> R) throws -> R {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-float-\(UUID().uuidString).csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  @Test func nothingIsRoundedUnasked() throws {
    let found = try recommendation(text(), LayoutPolicy())
    #expect(found.layout == Layout(encoding: "float", width: 8))
    #expect(found.fidelity != .error && found.valueError == nil)
  }

  @Test func valuesStayWithinTheLimit() throws {
    let special = [
      0: "nan", 1: "-inf", 2: "inf", 3: "-0.0", 4: "", 200: "1e-30", 399: "-3.3333333333e38",
    ]
    let text = text(special)
    let found = try recommendation(text, policy)
    #expect(found.layout == Layout(encoding: "float", width: 4, errorLimit: 1e-6))
    #expect(found.fidelity == .error)
    #expect(
      found.notes.contains {
        $0.description.hasPrefix("rounded to 32 bits: values differ by up to ")
      })
    try withFile(text) { path in
      let exact = try DataFrame(contentsOfCSVFile: path)
      let lean = try DataFrame(contentsOfCSVFile: path, policy: policy)
      let (a, b) = (exact.columns[0], lean.columns[0])
      #expect(b.layout == found.layout && a.nullCount == b.nullCount)
      #expect(found.footprint == b.footprint)
      guard case .plain(.float64(let wide)) = a.view, case .plain(.float32(let narrow)) = b.view
      else {
        Issue.record("\(a.layout), \(b.layout)")
        return
      }
      var greatest = 0.0
      for row in 0..<400 {
        #expect(a.isNull(row) == b.isNull(row))
        let (value, stored) = (wide[row], narrow[row])
        // What rounding gives, to the bit: special values stay what they are.
        #expect(stored.bitPattern == Float(value).bitPattern, "row \(row)")
        if value.isNaN || value.isInfinite || value == 0 { continue }
        greatest = max(greatest, abs(Double(stored) - value) / abs(value))
      }
      #expect(greatest == found.valueError?.greatest && greatest <= 1e-6 && greatest > 0)
    }
  }

  /// Overflow, underflow, and what loses digits below the normal range.
  @Test(arguments: ["1e300", "-3.5e38", "1e-300", "1.2345678e-42"], [0, 200, 399])
  func oneRowOutsideRefusesTheColumn(value: String, row: Int) throws {
    let text = text([row: value])
    for (chunkByteCount, threads) in [(1 << 20, 1), (300, 1), (300, 3)] {
      let found = try recommendation(
        text, policy, chunkByteCount: chunkByteCount, threads: threads)
      #expect(found.layout == Layout(encoding: "float", width: 8), "\(chunkByteCount), \(threads)")
      #expect(found.fidelity != .error)
    }
  }

  @Test func aTighterLimitRefusesTheColumn() throws {
    let greatest = try #require(try recommendation(text(), policy).valueError?.greatest)
    let atLimit = try recommendation(text(), LayoutPolicy(floatErrorLimit: greatest))
    #expect(atLimit.layout.width == 4)
    let below = try recommendation(text(), LayoutPolicy(floatErrorLimit: greatest.nextDown))
    #expect(below.layout.width == 8)
  }

  /// A plan is a promise: next month's values have to be as near.
  @Test func aPlanIsHeldToItsLimit() throws {
    let plan = try withFile(text()) { path in
      DietPlan(for: try DataFrame(contentsOfCSVFile: path), policy: policy)
    }
    #expect(plan["v"]?.layout.errorLimit == 1e-6)
    let saved = try JSONDecoder().decode(DietPlan.self, from: JSONEncoder().encode(plan))
    #expect(saved == plan)
    try withFile(text([7: "1e-300"])) { path in
      _ = #expect {
        try DataFrame(contentsOfCSVFile: path, plan: saved)
      } throws: { error in
        let text = "\(error)"
        return text.contains("line 9") && text.contains("`1e-300`") && text.contains("float32")
      }
    }
    _ = #expect(throws: (any Error).self) {
      try JSONDecoder().decode(
        LayoutPolicy.self, from: Data(#"{"allowsUnsigned":false,"floatErrorLimit":1.5}"#.utf8))
    }
    #expect(!Layout(encoding: "float", width: 4, errorLimit: 1).isSound(for: .float))
    #expect(!Layout(encoding: "float", width: 8, errorLimit: 0.1).isSound(for: .float))
  }

  // MARK: - The certificate

  /// Writes the table as Arrow, changes the file's text, and verifies it.
  private func verification(changing old: String, to new: String) throws -> VerificationReport {
    try withFile(text()) { path in
      var options = ReadingOptions()
      options.layout = policy
      let reader = try TableReader(path, options: options)
      let written = try reader.write(to: path + ".arrow")
      defer { try? FileManager.default.removeItem(atPath: written.path) }
      #expect(written.certificate.columns[0].fidelity == .error)
      #expect(written.certificate.columns[0].error?.limit == 1e-6)
      var bytes = try Data(contentsOf: URL(filePath: written.path))
      #expect(old.utf8.count == new.utf8.count)
      // The certificate stands in the file's footer.
      if old != new {
        let range = try #require(bytes.range(of: Data(old.utf8)))
        bytes.replaceSubrange(range, with: Data(new.utf8))
      }
      try bytes.write(to: URL(filePath: written.path))
      return try LeanFile(contentsOf: written.path).verify(against: reader)
    }
  }

  @Test func theCertificateIsMadeAgain() throws {
    let verification = try verification(changing: "", to: "")
    #expect(verification.isVerified)
    #expect(verification.columns[0].fidelity == .error)
  }

  @Test(arguments: [
    ("\"fidelity\" : \"error\"", "\"fidelity\" : \"value\""),
    ("\"greatest\" : 5", "\"greatest\" : 1"),
  ]) func aTamperedCertificateIsFound(old: String, new: String) throws {
    let verification = try verification(changing: old, to: new)
    #expect(!verification.isVerified)
    #expect(verification.differences.contains { $0.hasPrefix("v: the certificate says ") })
  }
}
