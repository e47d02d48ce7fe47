import TabularDiet

/// The five questions of db-benchmark that join two tables (h2oai/db-benchmark, `join`).
struct JoinQuestions {
  let x, small, medium, big: DataFrame

  func run(_ bench: Timing) throws {
    try bench.measure("join 1: small inner on int") { try x.joined(small, on: "id1") }
    try bench.measure("join 2: medium inner on int") { try x.joined(medium, on: "id2") }
    try bench.measure("join 3: medium left on int") {
      try x.joined(medium, on: "id2", kind: .left)
    }
    try bench.measure("join 4: medium inner on text") { try x.joined(medium, on: "id5") }
    try bench.measure("join 5: big inner on int") { try x.joined(big, on: "id3") }
  }
}
