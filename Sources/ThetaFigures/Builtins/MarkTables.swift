import ThetaRuntime

// What is drawn inside axes, declared. Usage lines are those of Octave, which its errors show.

enum MarkTables {
  static let all: [[Builtin]] = [lines, charts, grids]

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

  static let grids: [Builtin] = [
    Builtin(
      """
      surf (X, Y, Z)
      surf (Z)
      surf (..., C)
      surf (..., PROP, VAL, ...)
      surf (HAX, ...)
      H = surf (...)
      """,
      """
      A surface over a grid, coloured by Z or C.
      """, multiple: Surfaces.surf),
    Builtin(
      """
      surfc (X, Y, Z)
      surfc (Z)
      surfc (..., C)
      surfc (..., PROP, VAL, ...)
      surfc (HAX, ...)
      H = surfc (...)
      """,
      """
      surf with contours underneath.
      """, multiple: Surfaces.surfc),
    Builtin(
      """
      mesh (X, Y, Z)
      mesh (Z)
      mesh (..., C)
      mesh (..., PROP, VAL, ...)
      mesh (HAX, ...)
      H = mesh (...)
      """,
      """
      A net over a grid, coloured by Z or C.
      """, multiple: Surfaces.mesh),
    Builtin(
      """
      meshc (X, Y, Z)
      meshc (Z)
      meshc (..., C)
      meshc (..., PROP, VAL, ...)
      meshc (HAX, ...)
      H = meshc (...)
      """,
      """
      mesh with contours underneath.
      """, multiple: Surfaces.meshc),
    Builtin(
      """
      surface (X, Y, Z, C)
      surface (X, Y, Z)
      surface (Z, C)
      surface (Z)
      surface (..., PROP, VAL, ...)
      surface (HAX, ...)
      H = surface (...)
      """,
      """
      A surface added to the current axes without clearing them.
      """, multiple: Surfaces.surface),
    Builtin(
      """
      waterfall (X, Y, Z)
      waterfall (Z)
      waterfall (..., C)
      waterfall (..., PROP, VAL, ...)
      waterfall (HAX, ...)
      H = waterfall (...)
      """,
      """
      mesh with lines along the rows only.
      """, multiple: Surfaces.waterfall),
    Builtin(
      """
      pcolor (X, Y, C)
      pcolor (C)
      pcolor (HAX, ...)
      H = pcolor (...)
      """,
      """
      The cells of a grid coloured by number, seen from above.
      """, multiple: Surfaces.pcolor),
    Builtin(
      """
      trisurf (TRI, X, Y, Z, C)
      trisurf (TRI, X, Y, Z)
      trisurf (..., PROP, VAL, ...)
      H = trisurf (...)
      """,
      """
      A surface of triangles.
      """, multiple: Surfaces.trisurf),
    Builtin(
      """
      trimesh (TRI, X, Y, Z, C)
      trimesh (TRI, X, Y, Z)
      trimesh (TRI, X, Y)
      trimesh (..., PROP, VAL, ...)
      H = trimesh (...)
      """,
      """
      A net of triangles.
      """, multiple: Surfaces.trimesh),
    Builtin(
      """
      contour (Z)
      contour (Z, VN)
      contour (X, Y, Z)
      contour (X, Y, Z, VN)
      contour (..., STYLE)
      contour (HAX, ...)
      [C, H] = contour (...)
      """,
      """
      Lines of equal height. VN is a number of lines, or their heights: [0 0] draws the line at 0. Returns
      the lines as a matrix and the handle.
      """, multiple: Contours.contour),
    Builtin(
      """
      contourf (Z)
      contourf (Z, VN)
      contourf (X, Y, Z)
      contourf (X, Y, Z, VN)
      contourf (..., STYLE)
      contourf (HAX, ...)
      [C, H] = contourf (...)
      """,
      """
      contour with the bands between the lines filled.
      """, multiple: Contours.contourf),
    Builtin(
      """
      contour3 (Z)
      contour3 (Z, VN)
      contour3 (X, Y, Z)
      contour3 (X, Y, Z, VN)
      contour3 (..., STYLE)
      contour3 (HAX, ...)
      [C, H] = contour3 (...)
      """,
      """
      contour in space, each line at its height.
      """, multiple: Contours.contour3),
    Builtin(
      """
      C = contourc (Z)
      C = contourc (Z, VN)
      C = contourc (X, Y, Z)
      C = contourc (X, Y, Z, VN)
      [C, LEV] = contourc (...)
      """,
      """
      The lines of contour as numbers: for each line its height and length, then its points.
      """, multiple: Contours.contourc),
    Builtin(
      """
      clabel (C, H)
      clabel (C, H, V)
      clabel (C, H, "manual")
      clabel (C)
      clabel (..., PROP, VAL, ...)
      H = clabel (...)
      """,
      """
      Writes the heights on the lines of a contour plot.
      """, multiple: Contours.clabel),
    Builtin(
      """
      imagesc (IMG)
      imagesc (X, Y, IMG)
      imagesc (..., CLIMITS)
      imagesc (..., "PROP", VAL, ...)
      imagesc ("PROP1", VAL1, ...)
      imagesc (HAX, ...)
      H = imagesc (...)
      """,
      """
      An image whose numbers take the whole colormap, or the part between CLIMITS. Row 1 is on top.
      """, multiple: Images.imagesc),
    Builtin(
      """
      image (IMG)
      image (X, Y, IMG)
      image (..., "PROP", VAL, ...)
      image ("PROP1", VAL1, ...)
      H = image (...)
      """,
      """
      An image whose numbers are places in the colormap, or an m×n×3 array of colours.
      """, multiple: Images.image),
    Builtin(
      """
      imshow (IM)
      imshow (IM, LIMITS)
      imshow (IM, MAP)
      imshow (RGB, ...)
      imshow (FILENAME)
      imshow (..., STRING_PARAM1, VALUE1, ...)
      H = imshow (...)
      """,
      """
      An image without axes: gray between 0 and 1, or between LIMITS ([] for all that occurs).
      """, multiple: Images.imshow),
    Builtin(
      """
      ezsurf (F)
      ezsurf (FX, FY, FZ)
      ezsurf (..., DOM)
      ezsurf (..., N)
      ezsurf (..., "circ")
      ezsurf (HAX, ...)
      H = ezsurf (...)
      """,
      """
      surf of a function of two variables.
      """, multiple: Contours.ezsurf),
    Builtin(
      """
      ezmesh (F)
      ezmesh (FX, FY, FZ)
      ezmesh (..., DOM)
      ezmesh (..., N)
      ezmesh (..., "circ")
      ezmesh (HAX, ...)
      H = ezmesh (...)
      """,
      """
      mesh of a function of two variables.
      """, multiple: Contours.ezmesh),
    Builtin(
      """
      ezcontour (F)
      ezcontour (..., DOM)
      ezcontour (..., N)
      ezcontour (HAX, ...)
      H = ezcontour (...)
      """,
      """
      contour of a function of two variables.
      """, multiple: Contours.ezcontour),
  ]
}
