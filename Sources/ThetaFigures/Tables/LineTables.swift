import ThetaRuntime

// Lines and points, declared. Usage lines are those of Octave, which its errors show.

enum LineTables {
  static let all: [[Builtin]] = [lines, points]

  static let lines: [Builtin] = [
    Builtin(
      """
      plot (Y)
      plot (X, Y)
      plot (X, Y, FMT)
      plot (..., PROPERTY, VALUE, ...)
      plot (X1, Y1, ..., XN, YN)
      plot (HAX, ...)
      H = plot (...)
      """,
      """
      Lines through points: columns of Y against X, or against 1, 2, …. FMT is a colour (r g b c m y k w),
      a marker (o + * . x s d ^ v > < p h) and a line style (- -- : -.) in any order, and a name for the
      legend between semicolons; properties (linewidth, markersize, markerfacecolor, displayname, …)
      follow in pairs. NaN leaves a gap. Returns a column of handles when they are asked for.
      """, multiple: LinePlots.plot),
    Builtin(
      """
      plot3 (X, Y, Z)
      plot3 (X, Y, Z, PROP, VALUE, ...)
      plot3 (X, Y, Z, FMT)
      plot3 (X, CPLX)
      plot3 (CPLX)
      plot3 (HAX, ...)
      H = plot3 (...)
      """,
      """
      Lines in space through the points (X, Y, Z). Formats and properties are those of plot.
      """, multiple: LinePlots.plot3),
    Builtin(
      """
      semilogx (Y)
      semilogx (X, Y)
      semilogx (X, Y, PROPERTY, VALUE, ...)
      semilogx (X, Y, FMT)
      semilogx (HAX, ...)
      H = semilogx (...)
      """,
      """
      plot with a logarithmic horizontal axis.
      """, multiple: LinePlots.semilogx),
    Builtin(
      """
      semilogy (Y)
      semilogy (X, Y)
      semilogy (X, Y, PROPERTY, VALUE, ...)
      semilogy (X, Y, FMT)
      semilogy (H, ...)
      H = semilogy (...)
      """,
      """
      plot with a logarithmic vertical axis.
      """, multiple: LinePlots.semilogy),
    Builtin(
      """
      loglog (Y)
      loglog (X, Y)
      loglog (X, Y, PROP, VALUE, ...)
      loglog (X, Y, FMT)
      loglog (HAX, ...)
      H = loglog (...)
      """,
      """
      plot with logarithmic axes.
      """, multiple: LinePlots.loglog),
    Builtin(
      """
      line ()
      line (X, Y)
      line (X, Y, Z)
      line ("xdata", X, "ydata", Y)
      line ("xdata", X, "ydata", Y, "zdata", Z)
      line (..., PROPERTY, VALUE)
      line (HAX, ...)
      H = line (...)
      """,
      """
      Adds lines to the current axes without clearing them.
      """, multiple: LinePlots.line),
    Builtin(
      """
      fplot (FN)
      fplot (FN, LIMITS)
      fplot (..., TOL)
      fplot (..., N)
      fplot (..., FMT)
      fplot (..., PROPERTY, VALUE, ...)
      fplot (HAX, ...)
      [X, Y] = fplot (...)
      """,
      """
      A function over an interval, [-5, 5] unless LIMITS says otherwise.
      """, multiple: LinePlots.fplot),
    Builtin(
      """
      ezplot (F)
      ezplot (F2V)
      ezplot (FX, FY)
      ezplot (..., DOM)
      ezplot (..., N)
      ezplot (HAX, ...)
      H = ezplot (...)
      """,
      """
      A function given as text or handle: a curve, or where a function of two variables is zero.
      """, multiple: Contours.ezplot),
    Builtin(
      """
      polar (THETA, RHO)
      polar (THETA, RHO, FMT)
      polar (CPLX)
      polar (CPLX, FMT)
      polar (HAX, ...)
      H = polar (...)
      """,
      """
      A curve given by angle and distance.
      """, multiple: SpecialCharts.polar),
    Builtin(
      """
      plotyy (X1, Y1, X2, Y2)
      plotyy (..., FUN)
      plotyy (..., FUN1, FUN2)
      plotyy (HAX, ...)
      [AX, H1, H2] = plotyy (...)
      """,
      """
      Two curves with an axis each, on the left and on the right.
      """, multiple: SpecialCharts.plotyy),
  ]

  static let points: [Builtin] = [
    Builtin(
      """
      errorbar (Y, EY)
      errorbar (Y, ..., FMT)
      errorbar (X, Y, EY)
      errorbar (X, Y, ERR, FMT)
      errorbar (X, Y, LERR, UERR, FMT)
      errorbar (X, Y, EX, EY, FMT)
      errorbar (X, Y, LX, UX, LY, UY, FMT)
      errorbar (X1, Y1, ..., FMT, XN, YN, ...)
      errorbar (HAX, ...)
      H = errorbar (...)
      """,
      """
      Points with error bars. FMT may name the kind: "~" vertical (the default), ">" horizontal, "~>"
      both.
      """, multiple: Points.errorbar),
    Builtin(
      """
      semilogxerr (Y, EY)
      semilogxerr (Y, ..., FMT)
      semilogxerr (X, Y, EY)
      semilogxerr (X, Y, ERR, FMT)
      semilogxerr (X, Y, LERR, UERR, FMT)
      semilogxerr (X, Y, EX, EY, FMT)
      semilogxerr (X, Y, LX, UX, LY, UY, FMT)
      semilogxerr (X1, Y1, ..., FMT, XN, YN, ...)
      semilogxerr (HAX, ...)
      H = semilogxerr (...)
      """,
      """
      errorbar with a logarithmic horizontal axis.
      """, multiple: Points.semilogxerr),
    Builtin(
      """
      semilogyerr (Y, EY)
      semilogyerr (Y, ..., FMT)
      semilogyerr (X, Y, EY)
      semilogyerr (X, Y, ERR, FMT)
      semilogyerr (X, Y, LERR, UERR, FMT)
      semilogyerr (X, Y, EX, EY, FMT)
      semilogyerr (X, Y, LX, UX, LY, UY, FMT)
      semilogyerr (X1, Y1, ..., FMT, XN, YN, ...)
      semilogyerr (HAX, ...)
      H = semilogyerr (...)
      """,
      """
      errorbar with a logarithmic vertical axis.
      """, multiple: Points.semilogyerr),
    Builtin(
      """
      loglogerr (Y, EY)
      loglogerr (Y, ..., FMT)
      loglogerr (X, Y, EY)
      loglogerr (X, Y, ERR, FMT)
      loglogerr (X, Y, LERR, UERR, FMT)
      loglogerr (X, Y, EX, EY, FMT)
      loglogerr (X, Y, LX, UX, LY, UY, FMT)
      loglogerr (X1, Y1, ..., FMT, XN, YN, ...)
      loglogerr (HAX, ...)
      H = loglogerr (...)
      """,
      """
      errorbar with logarithmic axes.
      """, multiple: Points.loglogerr),
    Builtin(
      """
      scatter (X, Y)
      scatter (X, Y, S)
      scatter (X, Y, S, C)
      scatter (..., STYLE)
      scatter (..., "filled")
      scatter (..., PROP, VAL, ...)
      scatter (HAX, ...)
      H = scatter (...)
      """,
      """
      Points with sizes S (areas in points) and colours C: one colour, a row of three numbers for each
      point, or numbers that the colormap turns into colours.
      """, multiple: Points.scatter),
    Builtin(
      """
      scatter3 (X, Y, Z)
      scatter3 (X, Y, Z, S)
      scatter3 (X, Y, Z, S, C)
      scatter3 (..., STYLE)
      scatter3 (..., "filled")
      scatter3 (..., PROP, VAL)
      scatter3 (HAX, ...)
      H = scatter3 (...)
      """,
      """
      Points in space; see scatter.
      """, multiple: Points.scatter3),
    Builtin(
      """
      quiver (U, V)
      quiver (X, Y, U, V)
      quiver (..., S)
      quiver (..., STYLE)
      quiver (..., "filled")
      quiver (HAX, ...)
      H = quiver (...)
      """,
      """
      Arrows (U, V) at the points (X, Y), scaled so that they do not overlap; S changes the scale, 0
      leaves it alone.
      """, multiple: Points.quiver),
    Builtin(
      """
      quiver3 (X, Y, Z, U, V, W)
      quiver3 (..., S)
      H = quiver3 (...)
      """,
      """
      Arrows in space.
      """, multiple: Points.quiver3),
  ]
}
