import Testing
import ThetaArrays

@testable import ThetaLearn

@Suite("Checkpoints")
struct ArchiveTests {
  @Test("every bit comes back")
  func roundTrip() throws {
    var archive = Archive()
    var numbers = [1.5, -0.0, .infinity, .nan, .leastNonzeroMagnitude, 1 / 3]
    var array = NDArray(Shape(2, 3), [1.0, 2, 3, 4, 5, 6])
    var (x, n, flag) = (0.1, 42, true)
    archive.visit("numbers", &numbers)
    archive.visit("array", &array)
    archive.visit("x", &x)
    archive.visit("n", &n)
    archive.visit("flag", &flag)
    var reading = try #require(Archive(archive.bytes))
    var (numbers2, array2) = ([Double](), NDArray<Double>(zeros: .empty))
    var (x2, n2, flag2) = (0.0, 0, false)
    reading.visit("numbers", &numbers2)
    reading.visit("array", &array2)
    reading.visit("x", &x2)
    reading.visit("n", &n2)
    reading.visit("flag", &flag2)
    #expect(reading.isComplete)
    #expect(numbers2.map(\.bitPattern) == numbers.map(\.bitPattern))
    #expect(array2 == array)
    #expect((x2, n2, flag2) == (x, n, flag))
  }

  @Test("damaged files are refused or incomplete, and nothing traps")
  func damaged() {
    var archive = Archive()
    var numbers = [1.0, 2, 3]
    archive.visit("numbers", &numbers)
    let bytes = archive.bytes
    for length in 0..<bytes.count {
      guard var reading = Archive(Array(bytes[..<length])) else { continue }
      var back = [0.0]
      reading.visit("numbers", &back)
      #expect(!reading.isComplete || back == numbers)
    }
    for position in bytes.indices {
      var changed = bytes
      changed[position] ^= 0xff
      _ = Archive(changed)
    }
    let nothing = Archive([])
    #expect(nothing == nil)
  }

  @Test("the generator for shuffling stays below its limit and repeats with its seed")
  func generator() {
    var (a, b) = (SplitMix(seed: 7), SplitMix(seed: 7))
    for n in 1...200 {
      let x = a.below(n)
      #expect(x >= 0 && x < n)
      #expect(x == b.below(n))
    }
  }
}
