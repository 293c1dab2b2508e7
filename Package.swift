// swift-tools-version: 6.2
import PackageDescription

// Targets in the order in which data flows: text, arrays, values, machine, libraries, façade, command.
// A module imports only what its line lists; there are no package dependencies.

// Release builds do without run-time checks of exclusive access, which cost a fifth of the machine's time; debug builds
// and their tests keep them.
let checked: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

#if arch(x86_64)
  let (wide, middle) = (["-mavx512f"], ["-mavx2", "-mfma"])
#else
  let (wide, middle): ([String], [String]) = ([], [])
#endif

let package = Package(
  name: "Theta",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Theta", targets: ["Theta"]),
    .executable(name: "theta", targets: ["ThetaCLI"]),
  ],
  targets: [
    // System libraries: a module map and a shim header each, nothing else.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CSLEEF", pkgConfig: "sleef", providers: [.apt(["libsleef-dev"]), .brew(["sleef"])]),
    // Opened when the first MAT file is (see its shim), so nothing is linked.
    .systemLibrary(name: "CMatio", providers: [.apt(["libmatio-dev"]), .brew(["libmatio"])]),
    // Opened when the first picture is drawn, likewise.
    .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),

    // snprintf for one number, and strptime: a header, nothing to link.
    .systemLibrary(name: "CPrint"),

    // Vector loops in C, chosen by CPU at run time.
    .target(
      name: "CKernels", dependencies: ["CSLEEF", "CVectors512", "CVectors256"],
      cSettings: [.unsafeFlags(["-O3"])]),
    // The same loops for processors with wide vectors; CKernels asks which the processor has.
    .target(name: "CVectors512", cSettings: [.unsafeFlags(["-O3"] + wide)]),
    .target(name: "CVectors256", cSettings: [.unsafeFlags(["-O3"] + middle)]),
    // The library's files in the language, Sources/ThetaLibrary/Library, as data of the program.
    .target(name: "CLibrary", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),

    // Source, tokens, parser, AST, diagnostics.
    .target(name: "ThetaSyntax", swiftSettings: checked),
    // N-d arrays of every element type, linear algebra, random numbers. Knows no language.
    .target(
      name: "ThetaArrays", dependencies: ["COpenBLAS", "CKernels"], swiftSettings: checked),
    // Values, operators, indexing, errors; what a builtin is.
    .target(
      name: "ThetaRuntime", dependencies: ["ThetaArrays", "CLibrary"], swiftSettings: checked),
    // How values are printed, by themselves and through printf.
    .target(
      name: "ThetaDisplay", dependencies: ["ThetaRuntime", "ThetaArrays", "CPrint"],
      swiftSettings: checked),
    // Compiler, instructions, interpreter.
    .target(
      name: "ThetaMachine", dependencies: ["ThetaSyntax", "ThetaDisplay", "ThetaRuntime", "ThetaArrays"],
      exclude: ["README.md"], swiftSettings: checked),
    // The builtin functions, a module for each large topic.
    // Numbers and arrays: construction, shapes, elementary functions, reductions, ordering, sets.
    .target(
      name: "ThetaNumeric", dependencies: ["ThetaDisplay", "ThetaRuntime", "ThetaArrays", "CKernels"],
      swiftSettings: checked),
    // Linear algebra, statistics, polynomials, interpolation, quadrature, filtering.
    .target(
      name: "ThetaAnalysis", dependencies: ["ThetaNumeric", "ThetaDisplay", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    // Strings, regular expressions, printing, input.
    .target(
      name: "ThetaText", dependencies: ["ThetaDisplay", "ThetaRuntime", "ThetaArrays", "CPCRE2"],
      swiftSettings: checked),
    // Variables and tables of numbers in files.
    .target(
      name: "ThetaFiles",
      dependencies: ["ThetaText", "ThetaDisplay", "ThetaRuntime", "ThetaArrays", "CMatio"],
      swiftSettings: checked),
    // Cells, structs, maps, calling, errors, time, the system; and the functions that are written in the language.
    .target(
      name: "ThetaLibrary",
      dependencies: [
        "ThetaText", "ThetaNumeric", "ThetaDisplay", "ThetaRuntime", "ThetaArrays", "CLibrary", "CPrint",
      ],
      exclude: ["Library"], swiftSettings: checked),
    // Automatic differentiation.
    .target(
      name: "ThetaGradients", dependencies: ["ThetaRuntime", "ThetaArrays"], swiftSettings: checked),
    // Activations, unroll and reroll, optimizers.
    .target(
      name: "ThetaLearn",
      dependencies: ["ThetaGradients", "ThetaDisplay", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    // Pictures as lists of primitives, and their SVG, PNG and PDF. Knows no language.
    .target(name: "ThetaCanvas", dependencies: ["CCairo"], swiftSettings: checked),
    // Graphics objects with their properties, and how a figure of them becomes a picture.
    .target(
      name: "ThetaGraphics", dependencies: ["ThetaCanvas", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    // The builtin functions of figures.
    .target(
      name: "ThetaFigures", dependencies: ["ThetaGraphics", "ThetaCanvas", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    // The façade: Session, the assembled builtin table, functions on disk.
    .target(
      name: "Theta",
      dependencies: [
        "ThetaSyntax", "ThetaArrays", "ThetaRuntime", "ThetaMachine", "ThetaNumeric", "ThetaAnalysis",
        "ThetaText", "ThetaFiles", "ThetaLibrary", "ThetaGradients", "ThetaLearn", "ThetaFigures",
        "ThetaGraphics", "ThetaCanvas",
      ],
      swiftSettings: checked),
    // Tools around the language: reports.
    .target(
      name: "ThetaTools", dependencies: ["Theta", "ThetaSyntax", "ThetaGraphics", "ThetaCanvas"],
      swiftSettings: checked),
    // The command.
    .executableTarget(
      name: "ThetaCLI", dependencies: ["Theta", "ThetaTools", "CEdit"], swiftSettings: checked),

    .testTarget(name: "ThetaSyntaxTests", dependencies: ["ThetaSyntax"], swiftSettings: checked),
    .testTarget(name: "ThetaArraysTests", dependencies: ["ThetaArrays"], swiftSettings: checked),
    .testTarget(
      name: "ThetaRuntimeTests", dependencies: ["ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    .testTarget(
      name: "ThetaDisplayTests", dependencies: ["ThetaDisplay", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    .testTarget(
      name: "ThetaMachineTests",
      dependencies: ["ThetaMachine", "ThetaSyntax", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    .testTarget(
      name: "ThetaLibraryTests",
      dependencies: [
        "ThetaNumeric", "ThetaAnalysis", "ThetaText", "ThetaFiles", "ThetaLibrary", "ThetaRuntime",
        "ThetaArrays",
      ],
      swiftSettings: checked),
    .testTarget(
      name: "ThetaLearnTests",
      dependencies: ["ThetaLearn", "ThetaGradients", "Theta", "ThetaRuntime", "ThetaArrays"],
      swiftSettings: checked),
    .testTarget(
      name: "ThetaTests", dependencies: ["Theta", "ThetaCanvas", "ThetaTools", "ThetaSyntax"],
      swiftSettings: checked),
  ],
  swiftLanguageModes: [.v6]
)
