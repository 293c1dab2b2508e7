import Foundation
import Testing
import ThetaArrays
import ThetaRuntime

@testable import ThetaFiles

/// The data of the course's exercises, where it lies beside the package; without it there is nothing to test.
enum CourseData {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/course")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
}

@Suite("Data of the course", .enabled(if: CourseData.isPresent))
struct CourseDataTests {
  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: CourseData.folder.appending(path: name)))
  }

  static let variables: [(String, [String: Shape])] = [
    ("bird_small.mat", ["A": Shape([128, 128, 3])]),
    ("ex3data1.mat", ["X": Shape(5000, 400), "y": Shape(5000, 1)]),
    ("ex3weights.mat", ["Theta1": Shape(25, 401), "Theta2": Shape(10, 26)]),
    ("ex4data1.mat", ["X": Shape(5000, 400), "y": Shape(5000, 1)]),
    ("ex4weights.mat", ["Theta1": Shape(25, 401), "Theta2": Shape(10, 26)]),
    ("ex5data1.mat", ["X": Shape(12, 1), "Xval": Shape(21, 1), "ytest": Shape(21, 1)]),
    ("ex6data1.mat", ["X": Shape(51, 2), "y": Shape(51, 1)]),
    ("ex6data2.mat", ["X": Shape(863, 2), "y": Shape(863, 1)]),
    ("ex6data3.mat", ["X": Shape(211, 2), "Xval": Shape(200, 2)]),
    ("ex7data1.mat", ["X": Shape(50, 2)]),
    ("ex7data2.mat", ["X": Shape(300, 2)]),
    ("ex7faces.mat", ["X": Shape(5000, 1024)]),
    ("ex8_movieParams.mat", ["X": Shape(1682, 10), "Theta": Shape(943, 10), "num_users": .scalar]),
    ("ex8_movies.mat", ["Y": Shape(1682, 943), "R": Shape(1682, 943)]),
    ("ex8data1.mat", ["X": Shape(307, 2), "Xval": Shape(307, 2), "yval": Shape(307, 1)]),
    ("ex8data2.mat", ["X": Shape(1000, 11), "Xval": Shape(100, 11), "yval": Shape(100, 1)]),
    ("spamTest.mat", ["Xtest": Shape(1000, 1899), "ytest": Shape(1000, 1)]),
    ("spamTrain.mat", ["X": Shape(4000, 1899), "y": Shape(4000, 1)]),
  ]

  @Test("MAT files have their variables", arguments: variables)
  func readsVariables(_ name: String, _ shapes: [String: Shape]) throws {
    let bytes = try Self.bytes(name)
    let version = try #require(MatVersion(of: bytes))
    let found = try MatReader.read(bytes, version: version, isWanted: Loading.isName).variables
    for (variable, shape) in shapes {
      #expect(found.first { $0.0 == variable }?.1.shape == shape, "\(variable) in \(name)")
    }
  }

  @Test(
    "tables have their rows and columns",
    arguments: [
      ("ex1data1.txt", Shape(97, 2)), ("ex1data2.txt", Shape(47, 3)), ("ex2data1.txt", Shape(100, 3)),
      ("ex2data2.txt", Shape(118, 3)),
    ])
  func readsTables(_ name: String, _ shape: Shape) throws {
    #expect(try NumberTable.read(Self.bytes(name)).shape == shape)
  }

  @Test("text that is no table is refused", arguments: ["vocab.txt", "emailSample1.txt", "movie_ids.txt"])
  func refusesText(_ name: String) throws {
    let bytes = try Self.bytes(name)
    #expect(throws: NumberTable.Problem.self) { try NumberTable.read(bytes) }
  }
}
