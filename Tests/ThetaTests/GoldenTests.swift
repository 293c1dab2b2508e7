import Foundation
import Testing

@Suite("Golden scripts print what Octave printed")
struct GoldenTests {
  @Test(arguments: Golden.all)
  func printsTheRecording(_ golden: Golden) throws {
    let expected = [UInt8](try Data(contentsOf: golden.recording))
    let actual = golden.run()
    #expect(actual == expected, "\(golden.name): \(firstDifference(expected: expected, actual: actual))")
  }

  @Test("the same without the optimizations of a session", arguments: Golden.all)
  func printsTheRecordingUnoptimized(_ golden: Golden) throws {
    let expected = [UInt8](try Data(contentsOf: golden.recording))
    let actual = golden.run(optimizing: false)
    #expect(actual == expected, "\(golden.name): \(firstDifference(expected: expected, actual: actual))")
  }

  @Test("there are golden scripts to compare")
  func areFound() {
    #expect(Golden.all.count >= 150)
  }
}
