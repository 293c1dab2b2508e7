import ThetaRuntime

// Bars, counts, areas, polygons and text inside axes, declared. Usage lines are those of Octave, which its errors show.

enum ChartTables {
  static let all: [[Builtin]] = [charts, shapes]

  static let charts: [Builtin] = [
    Builtin(
      """
      bar (Y)
      bar (X, Y)
      bar (..., W)
      bar (..., STYLE)
      bar (..., PROP, VAL, ...)
      bar (HAX, ...)
      H = bar (..., PROP, VAL, ...)
      """,
      """
      Bars; the columns of a matrix stand side by side, or on one another with "stacked". W is the share
      of the distance that a bar takes.
      """, multiple: Charts.bar),
    Builtin(
      """
      barh (Y)
      barh (X, Y)
      barh (..., W)
      barh (..., STYLE)
      barh (..., PROP, VAL, ...)
      barh (HAX, ...)
      H = barh (..., PROP, VAL, ...)
      """,
      """
      Horizontal bars; see bar.
      """, multiple: Charts.barh),
    Builtin(
      """
      hist (Y)
      hist (Y, NBINS)
      hist (Y, X)
      hist (Y, X, NORM)
      hist (..., PROP, VAL, ...)
      hist (HAX, ...)
      [NN, XX] = hist (...)
      """,
      """
      Counts of the elements of each column in NBINS bins (10) or around centres X; with NORM the counts
      add up to it. Draws bars when no output is asked for.
      """, multiple: Histograms.hist),
    Builtin(
      """
      histogram (X)
      histogram (X, NBINS)
      histogram (X, EDGES)
      histogram (..., PROP, VAL, ...)
      H = histogram (...)
      """,
      """
      Bars for the counts of X between edges of round width, in so many bins, or between given edges.
      """, multiple: Histograms.histogram),
    Builtin(
      """
      stem (Y)
      stem (X, Y)
      stem (..., LINESPEC)
      stem (..., "filled")
      stem (..., PROP, VAL, ...)
      stem (HAX, ...)
      H = stem (...)
      """,
      """
      Values as stems from the base line.
      """, multiple: Charts.stem),
    Builtin(
      """
      stem3 (X, Y, Z)
      stem3 (..., LINESPEC)
      stem3 (..., "filled")
      stem3 (..., PROP, VAL, ...)
      stem3 (HAX, ...)
      H = stem3 (...)
      """,
      """
      Stems in space.
      """, multiple: Charts.stem3),
    Builtin(
      """
      stairs (Y)
      stairs (X, Y)
      stairs (..., STYLE)
      stairs (..., PROP, VAL, ...)
      stairs (HAX, ...)
      H = stairs (...)
      [XSTEP, YSTEP] = stairs (...)
      """,
      """
      A line of steps; with two outputs its coordinates instead.
      """, multiple: Charts.stairs),
    Builtin(
      """
      area (Y)
      area (X, Y)
      area (..., LVL)
      area (..., PROP, VAL, ...)
      area (HAX, ...)
      H = area (...)
      """,
      """
      Columns filled down to LVL, each on top of the one before.
      """, multiple: Charts.area),
    Builtin(
      """
      pie (X)
      pie (..., EXPLODE)
      pie (..., LABELS)
      pie (HAX, ...)
      H = pie (...)
      """,
      """
      Shares of a whole. EXPLODE moves slices out, LABELS replaces the percentages.
      """, multiple: Charts.pie),
    Builtin(
      """
      H = boxplot (DATA, ...)
      """,
      """
      Median, quartiles, whiskers and outliers of each column or cell.
      """, multiple: SpecialCharts.boxplot),
  ]

  static let shapes: [Builtin] = [
    Builtin(
      """
      fill (X, Y, C)
      fill (X1, Y1, C1, X2, Y2, C2)
      fill (..., PROP, VAL)
      fill (HAX, ...)
      H = fill (...)
      """,
      """
      Filled polygons.
      """, multiple: Images.fill),
    Builtin(
      """
      fill3 (X, Y, Z, C)
      fill3 (X1, Y1, Z1, C1, X2, Y2, Z2, C2)
      fill3 (..., PROP, VAL)
      fill3 (HAX, ...)
      H = fill3 (...)
      """,
      """
      Filled polygons in space.
      """, multiple: Images.fill3),
    Builtin(
      """
      patch ()
      patch (X, Y, C)
      patch (X, Y, Z, C)
      patch ("Faces", FACES, "Vertices", VERTS, ...)
      patch (..., PROP, VAL, ...)
      patch (..., PROPSTRUCT, ...)
      patch (HAX, ...)
      H = patch (...)
      """,
      """
      Polygons from columns of coordinates, or from faces and vertices.
      """, multiple: Images.patch),
    Builtin(
      """
      rectangle ()
      rectangle (..., "Position", POS)
      rectangle (..., "Curvature", CURV)
      rectangle (..., "EdgeColor", EC)
      rectangle (..., "FaceColor", FC)
      rectangle (HAX, ...)
      H = rectangle (...)
      """,
      """
      A rectangle; Curvature 1 makes an ellipse of it.
      """, multiple: Images.rectangle),
    Builtin(
      """
      text (X, Y, STRING)
      text (X, Y, Z, STRING)
      text (..., PROP, VAL, ...)
      text (HAX, ...)
      H = text (...)
      """,
      """
      Text at points of the current axes.
      """, multiple: Images.text),
    Builtin(
      """
      annotation (TYPE)
      annotation ("line", X, Y)
      annotation ("arrow", X, Y)
      annotation ("doublearrow", X, Y)
      annotation ("textarrow", X, Y)
      annotation ("textbox", POS)
      annotation ("rectangle", POS)
      annotation ("ellipse", POS)
      annotation (..., PROP, VAL)
      annotation (HF, ...)
      H = annotation (...)
      """,
      """
      Arrows, boxes and text over the whole figure, in shares of it.
      """, multiple: Decorations.annotation),
    Builtin(
      """
      spy (X)
      spy (..., MARKERSIZE)
      spy (..., LINE_SPEC)
      """,
      """
      Where a matrix is not zero.
      """, multiple: SpecialCharts.spy),
  ]
}
