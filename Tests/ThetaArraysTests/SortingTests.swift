import Testing
import ThetaArrays

@Suite("Sorting")
struct SortingTests {
  /// Stable order by insertion into a list, NaN largest.
  func model(_ x: [Double], descending: Bool) -> [Int] {
    func less(_ a: Double, _ b: Double) -> Bool { b.isNaN ? !a.isNaN : a < b }
    return x.indices.sorted { i, j in
      let before = descending ? less(x[j], x[i]) : less(x[i], x[j])
      let after = descending ? less(x[i], x[j]) : less(x[j], x[i])
      return before || (!after && i < j)
    }
  }

  @Test("a stable order with NaN at the end of the large", arguments: [0, 1, 2, 7, 8, 9, 30, 511, 512, 3000])
  func order(_ count: Int) {
    var dice = Dice(UInt32(count))
    for descending in [false, true] {
      let x = dice.array(Shape(count, 1)) { $0.awkward() }
      let (values, places) = x.sortedWithPlaces(along: 0, descending: descending)
      let expected = model(x.list, descending: descending)
      #expect(places.list == expected)
      #expect(same(values, NDArray(column: expected.map { x[$0] })))
      #expect(values.isSorted(descending: descending))
      let narrow = x.map { Float($0) }.sortedWithPlaces(along: 0, descending: descending)
      #expect(narrow.places.list == expected)
      let random = dice.array(Shape(count, 1))
      #expect(random.sortedOrder(descending: descending) == model(random.list, descending: descending))
    }
  }

  @Test("along each dimension")
  func dimensions() {
    var dice = Dice(5)
    let a = dice.array(Shape([4, 3, 5])) { $0.awkward() }
    for d in 0..<4 {
      let sorted = a.sorted(along: d)
      let order = [0, 1, 2, 3].filter { $0 != d }
      let front = a.permuted([d] + order)
      let expected = front.sorted(along: 0)
      #expect(same(sorted.permuted([d] + order), expected))
    }
  }

  @Test("other element types")
  func types() {
    #expect(NDArray<Bool>(row: [true, false, true]).sortedWithPlaces(along: 1).places.list == [1, 0, 2])
    #expect(NDArray<UInt8>(row: [9, 3, 255, 3]).sorted(along: 1, descending: true).list == [255, 9, 3, 3])
    let z = NDArray<ComplexDouble>(row: [Complex(2, 0), Complex(0, -2), Complex(1, 0)])
    #expect(z.sortedWithPlaces(along: 1).places.list == [2, 1, 0])
  }
}
