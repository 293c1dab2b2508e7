import ThetaAnalysis
import ThetaFigures
import ThetaFiles
import ThetaLearn
import ThetaLibrary
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// Every builtin function of the language, assembled once for all sessions.
enum StandardLibrary {
  static let builtins = BuiltinTable(
    NumericLibrary.tables + AnalysisLibrary.tables + TextLibrary.tables + FileLibrary.tables
      + GeneralLibrary.tables + LearnLibrary.tables + FigureLibrary.tables)
}
