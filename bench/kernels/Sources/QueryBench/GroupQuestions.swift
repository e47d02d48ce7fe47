import TabularDiet

/// The ten questions of db-benchmark on one table, by groups (h2oai/db-benchmark, `groupby`).
struct GroupQuestions {
  let frame: DataFrame

  func run(_ bench: Timing) throws {
    try bench.measure("group 1: sum v1 by id1") {
      try frame.grouped(by: "id1").aggregated(.sum("v1"))
    }
    try bench.measure("group 2: sum v1 by id1:id2") {
      try frame.grouped(by: "id1", "id2").aggregated(.sum("v1"))
    }
    try bench.measure("group 3: sum v1 mean v3 by id3") {
      try frame.grouped(by: "id3").aggregated(.sum("v1"), .mean("v3"))
    }
    try bench.measure("group 4: mean v1:v3 by id4") {
      try frame.grouped(by: "id4").aggregated(.mean("v1"), .mean("v2"), .mean("v3"))
    }
    try bench.measure("group 5: sum v1:v3 by id6") {
      try frame.grouped(by: "id6").aggregated(.sum("v1"), .sum("v2"), .sum("v3"))
    }
    try bench.measure("group 6: median v3 sd v3 by id4 id5") {
      try frame.grouped(by: "id4", "id5").aggregated(.median("v3"), .standardDeviation("v3"))
    }
    try bench.measure("group 7: max v1 - min v2 by id3") {
      let ends = try frame.grouped(by: "id3").aggregated(.maximum("v1"), .minimum("v2"))
      return try ends.assigning(ends.evaluate("v1_max - v2_min").renamed("range"))
        .selecting(["id3", "range"])
    }
    try bench.measure("group 8: largest two v3 by id6") {
      try frame.selecting(["id6", "v3"]).grouped(by: "id6").largest(2, by: "v3")
    }
    try bench.measure("group 9: regression v1 v2 by id2 id4") {
      let groups = try frame.grouped(by: "id2", "id4")
        .aggregated(Aggregation.correlation("v1", "v2").named("r"))
      return try groups.assigning(groups.evaluate("r * r").renamed("r2"))
        .selecting(["id2", "id4", "r2"])
    }
    try bench.measure("group 10: sum v3 count by id1:id6") {
      try frame.grouped(by: "id1", "id2", "id3", "id4", "id5", "id6")
        .aggregated(.sum("v3"), .size)
    }
  }
}
