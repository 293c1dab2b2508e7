import ThetaAnalysis
import ThetaFigures
import ThetaFiles
import ThetaGradients
import ThetaLearn
import ThetaLibrary
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// Every builtin function of the language, assembled once for all sessions.
enum StandardLibrary {
  static let builtins = BuiltinTable(topics.flatMap(\.tables))

  /// The tables in reading order, under the titles that `help` shows.
  static let topics: [(title: String, tables: [[Builtin]])] = [
    ("Numbers and arrays", NumericLibrary.tables),
    ("Linear algebra, statistics, polynomials, signals", AnalysisLibrary.tables),
    ("Text and output", TextLibrary.tables),
    ("Files", FileLibrary.tables),
    ("Cells, structs, functions, errors, time, the system", GeneralLibrary.tables),
    ("Learning", [GradientFunctions.table] + LearnLibrary.tables),
    ("Figures", FigureLibrary.tables),
    ("Help", [Help.table]),
  ]
}
