public import Columnar

// Closures over four to six columns: the same loops as those over fewer, written out, because a loop
// over a pack of types is some eight times slower.

extension ElementPass {
  /// A pass of a closure over columns of these types.
  ///
  /// - Throws: `ElementError`, as for the types one by one.
  @usableFromInline
  init<each A: ColumnElement>(
    _ frame: DataFrame, _ names: [String], of types: repeat (each A).Type
  ) throws(ElementError) {
    var holds: [@Sendable (ElementRows) -> Bool] = []
    var elements: [String] = []
    for type in repeat each types {
      holds.append { rows in type._holds(rows) }
      elements.append("\(type)")
    }
    try self.init(frame, names, holds, elements)
  }

  /// The values of two columns in a run of rows, from the column of this place on.
  @inlinable @inline(__always)
  func withValues<A: ColumnElement, B: ColumnElement>(
    _ place: Int, _ range: Range<Int>, _ body: (UnsafePointer<A>, UnsafePointer<B>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: A.self, capacity: range.count) { first in
      withUnsafeTemporaryAllocation(of: B.self, capacity: range.count) { second in
        body(
          A._read(columns[place], range, first.baseAddress!),
          B._read(columns[place &+ 1], range, second.baseAddress!))
      }
    }
  }

  /// What the closure makes of the values of four columns in a run of rows.
  @inlinable @inline(__always)
  func fill<A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, R>(
    _ range: Range<Int>, _ out: UnsafeMutablePointer<R>, _ body: (A, B, C, D) -> R
  ) {
    withValues(0, range) { (a: UnsafePointer<A>, b: UnsafePointer<B>) in
      withValues(2, range) { (c: UnsafePointer<C>, d: UnsafePointer<D>) in
        var row = 0
        while row < range.count {
          out[row] = body(a[row], b[row], c[row], d[row])
          row &+= 1
        }
      }
    }
  }

  /// What the closure makes of the values of five columns in a run of rows.
  @inlinable @inline(__always)
  func fill<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, E: ColumnElement, R
  >(
    _ range: Range<Int>, _ out: UnsafeMutablePointer<R>, _ body: (A, B, C, D, E) -> R
  ) {
    withValues(0, range) { (a: UnsafePointer<A>, b: UnsafePointer<B>) in
      withValues(2, range) { (c: UnsafePointer<C>, d: UnsafePointer<D>) in
        withUnsafeTemporaryAllocation(of: E.self, capacity: range.count) { fifth in
          let e = E._read(columns[4], range, fifth.baseAddress!)
          var row = 0
          while row < range.count {
            out[row] = body(a[row], b[row], c[row], d[row], e[row])
            row &+= 1
          }
        }
      }
    }
  }

  /// What the closure makes of the values of six columns in a run of rows.
  @inlinable @inline(__always)
  func fill<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, E: ColumnElement,
    F: ColumnElement, R
  >(
    _ range: Range<Int>, _ out: UnsafeMutablePointer<R>, _ body: (A, B, C, D, E, F) -> R
  ) {
    withValues(0, range) { (a: UnsafePointer<A>, b: UnsafePointer<B>) in
      withValues(2, range) { (c: UnsafePointer<C>, d: UnsafePointer<D>) in
        withValues(4, range) { (e: UnsafePointer<E>, f: UnsafePointer<F>) in
          var row = 0
          while row < range.count {
            out[row] = body(a[row], b[row], c[row], d[row], e[row], f[row])
            row &+= 1
          }
        }
      }
    }
  }
}

extension DataFrame {
  /// What the closure makes of the values of four columns; null where one is null.
  ///
  /// - Throws: `ElementError` for a column that there is not, or whose values are not all of the type that
  ///   the closure takes.
  @inlinable @inline(__always)
  public func map<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement,
    R: ColumnElement
  >(
    _ a: String, _ b: String, _ c: String, _ d: String,
    _ body: @Sendable (A, B, C, D) -> R
  ) throws(ElementError) -> Column {
    let pass = try ElementPass(self, [a, b, c, d], of: A.self, B.self, C.self, D.self)
    return pass.forEachBlock("\(a), \(b), \(c), \(d)") { $0.fill($1, $2, body) }
  }

  /// What the closure makes of the values of five columns; null where one is null.
  ///
  /// - Throws: `ElementError` for a column that there is not, or whose values are not all of the type that
  ///   the closure takes.
  @inlinable @inline(__always)
  public func map<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, E: ColumnElement,
    R: ColumnElement
  >(
    _ a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ body: @Sendable (A, B, C, D, E) -> R
  ) throws(ElementError) -> Column {
    let pass = try ElementPass(self, [a, b, c, d, e], of: A.self, B.self, C.self, D.self, E.self)
    return pass.forEachBlock("\(a), \(b), \(c), \(d), \(e)") { $0.fill($1, $2, body) }
  }

  /// What the closure makes of the values of six columns; null where one is null.
  ///
  /// - Throws: `ElementError` for a column that there is not, or whose values are not all of the type that
  ///   the closure takes.
  @inlinable @inline(__always)
  public func map<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, E: ColumnElement,
    F: ColumnElement,
    R: ColumnElement
  >(
    _ a: String, _ b: String, _ c: String, _ d: String, _ e: String, _ f: String,
    _ body: @Sendable (A, B, C, D, E, F) -> R
  ) throws(ElementError) -> Column {
    let pass = try ElementPass(
      self, [a, b, c, d, e, f], of: A.self, B.self, C.self, D.self, E.self, F.self)
    return pass.forEachBlock("\(a), \(b), \(c), \(d), \(e), \(f)") { $0.fill($1, $2, body) }
  }

  /// The rows whose values in four columns satisfy the closure; rows with a null do not.
  ///
  /// - Throws: `ElementError`, as `map` of so many columns.
  @inlinable @inline(__always)
  public func rows<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement
  >(
    where a: String, _ b: String, _ c: String, _ d: String,
    _ body: @Sendable (A, B, C, D) -> Bool
  ) throws(ElementError) -> Selection {
    let pass = try ElementPass(self, [a, b, c, d], of: A.self, B.self, C.self, D.self)
    return pass.select { $0.fill($1, $2, body) }
  }

  /// The rows whose values in five columns satisfy the closure; rows with a null do not.
  ///
  /// - Throws: `ElementError`, as `map` of so many columns.
  @inlinable @inline(__always)
  public func rows<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, E: ColumnElement
  >(
    where a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ body: @Sendable (A, B, C, D, E) -> Bool
  ) throws(ElementError) -> Selection {
    let pass = try ElementPass(self, [a, b, c, d, e], of: A.self, B.self, C.self, D.self, E.self)
    return pass.select { $0.fill($1, $2, body) }
  }

  /// The rows whose values in six columns satisfy the closure; rows with a null do not.
  ///
  /// - Throws: `ElementError`, as `map` of so many columns.
  @inlinable @inline(__always)
  public func rows<
    A: ColumnElement, B: ColumnElement, C: ColumnElement, D: ColumnElement, E: ColumnElement,
    F: ColumnElement
  >(
    where a: String, _ b: String, _ c: String, _ d: String, _ e: String, _ f: String,
    _ body: @Sendable (A, B, C, D, E, F) -> Bool
  ) throws(ElementError) -> Selection {
    let pass = try ElementPass(
      self, [a, b, c, d, e, f], of: A.self, B.self, C.self, D.self, E.self, F.self)
    return pass.select { $0.fill($1, $2, body) }
  }
}
