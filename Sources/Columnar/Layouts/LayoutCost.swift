/// A layout that holds a column, and the bytes that the column takes in it.
package struct LayoutCost {
  package let layout: Layout
  package let footprint: Footprint

  package init(layout: Layout, footprint: Footprint) {
    self.layout = layout
    self.footprint = footprint
  }
}
