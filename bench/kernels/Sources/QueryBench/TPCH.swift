import TabularDiet

/// Questions 1, 3 and 6 of TPC-H (specification 3.0.1, 2.4), with the parameters of its validation.
struct TPCH {
  let lineitem, orders, customer: DataFrame

  func run(_ bench: Timing) throws {
    try bench.measure("TPC-H 1") {
      let items = try lineitem.selecting([
        "l_returnflag", "l_linestatus", "l_quantity", "l_extendedprice", "l_discount", "l_tax",
      ]).filtered(by: lineitem.rows(where: "l_shipdate <= '1998-09-02'"))
      let priced = try items.assigning(
        items.evaluate("l_extendedprice * (1 - l_discount)").renamed("disc_price"))
      return try priced.assigning(priced.evaluate("disc_price * (1 + l_tax)").renamed("charge"))
        .grouped(by: "l_returnflag", "l_linestatus")
        .aggregated(
          .sum("l_quantity"), .sum("l_extendedprice"), .sum("disc_price"), .sum("charge"),
          .mean("l_quantity"), .mean("l_extendedprice"), .mean("l_discount"), .size)
    }
    try bench.measure("TPC-H 3") {
      let building = try customer.selecting(["c_custkey"])
        .filtered(by: customer.rows(where: "c_mktsegment == 'BUILDING'"))
      let early = try orders.selecting([
        "o_orderkey", "o_custkey", "o_orderdate", "o_shippriority",
      ]).filtered(where: "o_orderdate < '1995-03-15'")
        .joined(building, on: [(left: "o_custkey", right: "c_custkey")], kind: .semi)
      let late = try lineitem.selecting(["l_orderkey", "l_extendedprice", "l_discount"])
        .filtered(by: lineitem.rows(where: "l_shipdate > '1995-03-15'"))
        .joined(early, on: [(left: "l_orderkey", right: "o_orderkey")])
      let revenue = try late.assigning(
        late.evaluate("l_extendedprice * (1 - l_discount)").renamed("revenue")
      )
      .grouped(by: "l_orderkey", "o_orderdate", "o_shippriority")
      .aggregated(Aggregation.sum("revenue").named("revenue"))
      return try revenue.sorted(on: [
        (name: "revenue", order: .descending), (name: "o_orderdate", order: .ascending),
      ]).head(10).selecting(["l_orderkey", "revenue", "o_shippriority"])
    }
    try bench.measure("TPC-H 6") {
      let items = try lineitem.selecting(["l_discount", "l_extendedprice"]).filtered(
        by: lineitem.rows(
          where: "l_shipdate >= '1994-01-01' and l_shipdate < '1995-01-01'"
            + " and l_discount between 0.05 and 0.07 and l_quantity < 24"))
      let revenue = try items.evaluate("l_extendedprice * l_discount").sum()
      return try DataFrame([Column("revenue", floats: [Double(revenue.description)])])
    }
  }
}
