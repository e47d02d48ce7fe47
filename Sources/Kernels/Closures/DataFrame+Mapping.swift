public import Columnar

// A closure over typed values, at the speed of a loop written for it: these functions are inlinable,
// so the client's compiler specialises them, and the values come in blocks, null rows apart.

extension DataFrame {
  /// What the closure makes of each value; null where it is null.
  ///
  ///     let tax = try frame.map("price") { (price: Double) in price * 0.19 }
  @inlinable @inline(__always)
  public func map<A: ColumnElement, R: ColumnElement>(
    _ a: String, _ body: @Sendable (A) -> R
  ) throws(ElementError) -> Column {
    let pass = try ElementPass(self, [a], [{ A._holds($0) }], ["\(A.self)"])
    return pass.forEachBlock(a) { (pass, range, out: UnsafeMutablePointer<R>) in
      withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
        let x = A._read(pass.columns[0], range, first.baseAddress!)
        var row = 0
        while row < range.count {
          out[row] = body(x[row])
          row &+= 1
        }
      }
    }
  }

  /// What the closure makes of the values of two columns; null where one is null.
  ///
  ///     let speed = try frame.map("distance", "air_time") { (miles: Int16, minutes: Double) in
  ///       Double(miles) / minutes * 60
  ///     }
  @inlinable @inline(__always)
  public func map<A: ColumnElement, B: ColumnElement, R: ColumnElement>(
    _ a: String, _ b: String, _ body: @Sendable (A, B) -> R
  ) throws(ElementError) -> Column {
    let pass = try ElementPass(
      self, [a, b], [{ A._holds($0) }, { B._holds($0) }], ["\(A.self)", "\(B.self)"])
    return pass.forEachBlock("\(a), \(b)") { (pass, range, out: UnsafeMutablePointer<R>) in
      withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
        withUnsafeTemporaryAllocation(of: B.self, capacity: range.count) { second in
          let x = A._read(pass.columns[0], range, first.baseAddress!)
          let y = B._read(pass.columns[1], range, second.baseAddress!)
          var row = 0
          while row < range.count {
            out[row] = body(x[row], y[row])
            row &+= 1
          }
        }
      }
    }
  }

  /// What the closure makes of the values of three columns; null where one is null.
  @inlinable @inline(__always)
  public func map<A: ColumnElement, B: ColumnElement, C: ColumnElement, R: ColumnElement>(
    _ a: String, _ b: String, _ c: String, _ body: @Sendable (A, B, C) -> R
  ) throws(ElementError) -> Column {
    let pass = try ElementPass(
      self, [a, b, c], [{ A._holds($0) }, { B._holds($0) }, { C._holds($0) }],
      ["\(A.self)", "\(B.self)", "\(C.self)"])
    return pass.forEachBlock("\(a), \(b), \(c)") { (pass, range, out: UnsafeMutablePointer<R>) in
      withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
        withUnsafeTemporaryAllocation(of: B.self, capacity: range.count) { second in
          withUnsafeTemporaryAllocation(of: C.self, capacity: range.count) { third in
            let x = A._read(pass.columns[0], range, first.baseAddress!)
            let y = B._read(pass.columns[1], range, second.baseAddress!)
            let z = C._read(pass.columns[2], range, third.baseAddress!)
            var row = 0
            while row < range.count {
              out[row] = body(x[row], y[row], z[row])
              row &+= 1
            }
          }
        }
      }
    }
  }

  /// The values of a column folded into one; nulls are left out.
  ///
  /// Parts of the rows are folded in parallel, each from `initial`, and joined in order: `join` must
  /// make of two parts' results that of both, and `initial` must not change it.
  @inlinable @inline(__always)
  public func reduce<A: ColumnElement, R: Sendable>(
    _ a: String, into initial: R, _ body: @Sendable (inout R, A) -> Void, join: (R, R) -> R
  ) throws(ElementError) -> R {
    let pass = try ElementPass(self, [a], [{ A._holds($0) }], ["\(A.self)"])
    return pass.reduce(
      initial,
      { pass, range, valid, result in
        withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
          let x = A._read(pass.columns[0], range, first.baseAddress!)
          var row = 0
          while row < range.count {
            if valid?.contains(range.lowerBound &+ row) ?? true { body(&result, x[row]) }
            row &+= 1
          }
        }
      }, join)
  }

  /// The rows whose value satisfies the closure; null rows do not.
  @inlinable @inline(__always)
  public func rows<A: ColumnElement>(
    where a: String, _ body: @Sendable (A) -> Bool
  ) throws(ElementError) -> Selection {
    let pass = try ElementPass(self, [a], [{ A._holds($0) }], ["\(A.self)"])
    return pass.select { pass, range, out in
      withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
        let x = A._read(pass.columns[0], range, first.baseAddress!)
        var row = 0
        while row < range.count {
          out[row] = body(x[row])
          row &+= 1
        }
      }
    }
  }

  /// The rows whose values in two columns satisfy the closure; rows with a null do not.
  @inlinable @inline(__always)
  public func rows<A: ColumnElement, B: ColumnElement>(
    where a: String, _ b: String, _ body: @Sendable (A, B) -> Bool
  ) throws(ElementError) -> Selection {
    let pass = try ElementPass(
      self, [a, b], [{ A._holds($0) }, { B._holds($0) }], ["\(A.self)", "\(B.self)"])
    return pass.select { pass, range, out in
      withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
        withUnsafeTemporaryAllocation(of: B.self, capacity: range.count) { second in
          let x = A._read(pass.columns[0], range, first.baseAddress!)
          let y = B._read(pass.columns[1], range, second.baseAddress!)
          var row = 0
          while row < range.count {
            out[row] = body(x[row], y[row])
            row &+= 1
          }
        }
      }
    }
  }

  /// The rows whose values in three columns satisfy the closure; rows with a null do not.
  ///
  /// - Throws: `ElementError`, as `map` of three columns.
  @inlinable @inline(__always)
  public func rows<A: ColumnElement, B: ColumnElement, C: ColumnElement>(
    where a: String, _ b: String, _ c: String, _ body: @Sendable (A, B, C) -> Bool
  ) throws(ElementError) -> Selection {
    let pass = try ElementPass(self, [a, b, c], of: A.self, B.self, C.self)
    return pass.select { pass, range, out in
      pass.withValues(0, range) { (x: UnsafePointer<A>, y: UnsafePointer<B>) in
        withUnsafeTemporaryAllocation(of: C.self, capacity: range.count) { third in
          let z = C._read(pass.columns[2], range, third.baseAddress!)
          var row = 0
          while row < range.count {
            out[row] = body(x[row], y[row], z[row])
            row &+= 1
          }
        }
      }
    }
  }
}
