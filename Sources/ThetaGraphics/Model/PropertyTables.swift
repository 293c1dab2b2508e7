// The properties of graphics objects with their defaults, as Octave 7 has them: a name, then the default (`[…]` numbers,
// `{}` an empty cell, `'…` text) and the words that the property takes. `!` marks those that cannot be set.

enum PropertyTables {
  static let wordLists = [
    "{markers}": #"{*|+|.|<|>|^|_|d|diamond|h|hexagram|none|o|p|pentagram|s|square|v|x||}"#,
    "{dashes}": "{-|--|-.|:|none}", "{units}": "{centimeters|inches|normalized|pixels|points}",
  ]

  static let base = #"""
    beingdeleted 'off {off|on}; busyaction 'queue {cancel|queue}; buttondownfcn []; !children []
    clipping 'on {off|on}; contextmenu []; createfcn []; deletefcn []
    handlevisibility 'on {callback|off|on}; hittest 'on {off|on}; interruptible 'on {off|on}
    parent []; pickableparts 'visible {all|none|visible}; selected 'off {off|on}
    selectionhighlight 'on {off|on}; tag '; !type '; userdata []; visible 'on {off|on}
    """#

  static let root = #"""
    !callbackobject []; !commandwindowsize [0 0]; currentfigure [1]; fixedwidthfontname 'Courier
    !monitorpositions [1 1 1 1]; pointerlocation [0 0]; !pointerwindow [0]; !screendepth [0]
    !screenpixelsperinch [72]; !screensize [1 1 1 1]; showhiddenhandles 'off {off|on}
    units 'pixels {centimeters|characters|inches|normalized|pixels|points}
    """#

  static let figure = #"""
    alphamap []; closerequestfcn 'closereq; color [1 1 1]; colormap []; currentaxes []
    !currentcharacter '; !currentobject []; !currentpoint [0 0]; dockcontrols 'off {off|on}
    filename '; graphicssmoothing 'on {off|on}; integerhandle 'on {off|on}
    inverthardcopy 'on {off|on}; keypressfcn []; keyreleasefcn []; menubar 'figure {figure|none}
    name '; !number [1]; nextplot 'add {add|new|replace|replacechildren}; numbertitle 'on {off|on}
    outerposition [-1 -1 -1 -1]; paperorientation 'portrait {landscape|portrait}
    paperposition [1.342 3.319 5.816 4.362]; paperpositionmode 'auto {auto|manual}
    papersize [8.5 11]; papertype 'usletter
    paperunits 'inches {centimeters|inches|normalized|points}; pointer 'arrow; pointershapecdata []
    pointershapehotspot [1 1]; position [300 200 560 420]; renderer 'opengl {opengl|painters}
    renderermode 'auto {auto|manual}; resize 'on {off|on}; resizefcn []
    selectiontype 'normal {alt|extend|normal|open}; sizechangedfcn []
    toolbar 'auto {auto|figure|none}
    units 'pixels {centimeters|characters|inches|normalized|pixels|points}; windowbuttondownfcn []
    windowbuttonmotionfcn []; windowbuttonupfcn []; windowkeypressfcn []; windowkeyreleasefcn []
    windowscrollwheelfcn []; windowstyle 'normal {docked|modal|normal}
    """#

  static let axes = #"""
    alim [0 1]; alimmode 'auto {auto|manual}; alphamap []; alphascale 'linear {linear|log}
    ambientlightcolor [1 1 1]; box 'off {off|on}; boxstyle 'back {back|full}
    cameraposition [2 2 17.32]; camerapositionmode 'auto {auto|manual}; cameratarget [2 2 0]
    cameratargetmode 'auto {auto|manual}; cameraupvector [-0 2 0]
    cameraupvectormode 'auto {auto|manual}; cameraviewangle [6.609]
    cameraviewanglemode 'auto {auto|manual}; clim [0 1]; climmode 'auto {auto|manual}
    clippingstyle '3dbox {3dbox|rectangle}; color [1 1 1]; colormap []; colororder []
    colororderindex [1]; colorscale 'linear {linear|log}; currentpoint [0 0 0 0 0 0]
    dataaspectratio [1 1 1]; dataaspectratiomode 'auto {auto|manual}
    fontangle 'normal {italic|normal}; fontname '*; fontsize [10]; fontsizemode 'auto {auto|manual}
    fontsmoothing 'on {off|on}; fontunits 'points {units}; fontweight 'normal {bold|normal}
    gridalpha [0.15]; gridalphamode 'auto {auto|manual}; gridcolor [0.15 0.15 0.15]
    gridcolormode 'auto {auto|manual}; gridlinestyle '- {dashes}
    innerposition [0.13 0.11 0.775 0.815]; !interactions []; labelfontsizemultiplier [1.1]
    layer 'bottom {bottom|top}; !layout []; !legend []; linestyleorder '-; linestyleorderindex [1]
    linewidth [0.5]; minorgridalpha [0.25]; minorgridalphamode 'auto {auto|manual}
    minorgridcolor [0.1 0.1 0.1]; minorgridcolormode 'auto {auto|manual}
    minorgridlinestyle ': {dashes}; nextplot 'replace {add|replace|replacechildren}
    !nextseriesindex [1]; outerposition [0 0 1 1]; plotboxaspectratio [1 1 1]
    plotboxaspectratiomode 'auto {auto|manual}; position [0.13 0.11 0.775 0.815]
    positionconstraint 'outerposition {innerposition|outerposition}
    projection 'orthographic {orthographic|perspective}; sortmethod 'depth {childorder|depth}
    tickdir 'in {in|out}; tickdirmode 'auto {auto|manual}; ticklabelinterpreter 'tex {latex|none|tex}
    ticklength [0.01 0.025]; !tightinset [0.04464 0.04883 0 0.02381]; title []
    titlefontsizemultiplier [1.1]; titlefontweight 'bold {bold|normal}; !toolbar []
    units 'normalized {centimeters|characters|inches|normalized|pixels|points}; view [0 90]
    !xaxis []; xaxislocation 'bottom {bottom|origin|top}; xcolor [0.15 0.15 0.15]
    xcolormode 'auto {auto|manual}; xdir 'normal {normal|reverse}; xgrid 'off {off|on}; xlabel []
    xlim [0 1]; xlimmode 'auto {auto|manual}; xminorgrid 'off {off|on}; xminortick 'off {off|on}
    xscale 'linear {linear|log}; xtick [0 0.2 0.4 0.6 0.8 1]; xticklabel {}
    xticklabelmode 'auto {auto|manual}; xticklabelrotation [0]; xtickmode 'auto {auto|manual}
    !yaxis []; yaxislocation 'left {left|origin|right}; ycolor [0.15 0.15 0.15]
    ycolormode 'auto {auto|manual}; ydir 'normal {normal|reverse}; ygrid 'off {off|on}; ylabel []
    ylim [0 1]; ylimmode 'auto {auto|manual}; yminorgrid 'off {off|on}; yminortick 'off {off|on}
    yscale 'linear {linear|log}; ytick [0 0.2 0.4 0.6 0.8 1]; yticklabel {}
    yticklabelmode 'auto {auto|manual}; yticklabelrotation [0]; ytickmode 'auto {auto|manual}
    !zaxis []; zcolor [0.15 0.15 0.15]; zcolormode 'auto {auto|manual}; zdir 'normal {normal|reverse}
    zgrid 'off {off|on}; zlabel []; zlim [-1 1]; zlimmode 'auto {auto|manual}
    zminorgrid 'off {off|on}; zminortick 'off {off|on}; zscale 'linear {linear|log}
    ztick [-1 -0.5 0 0.5 1]; zticklabel {}; zticklabelmode 'auto {auto|manual}
    zticklabelrotation [0]; ztickmode 'auto {auto|manual}; mousewheelzoom [0.5]
    """#

  static let text = #"""
    backgroundcolor 'none {none}; color [0 0 0]; edgecolor 'none {none}; editing 'off {off|on}
    !extent [1 0.9796 0.02304 0.0409]; fontangle 'normal {italic|normal}; fontname '*; fontsize [10]
    fontsmoothing 'on {off|on}; fontunits 'points {units}; fontweight 'normal {bold|normal}
    horizontalalignment 'left {center|left|right}; interpreter 'tex {latex|none|tex}
    linestyle '- {dashes}; linewidth [0.5]; margin [3]; position [1 1 0]; rotation [0]; string 'a
    units 'data {centimeters|data|inches|normalized|pixels|points}
    verticalalignment 'middle {baseline|bottom|cap|middle|top}
    """#

  static let line = #"""
    color [0 0.447 0.741]; displayname '; linejoin 'round {chamfer|miter|round}
    linestyle '- {dashes}; linewidth [0.5]; marker 'none {markers}; markeredgecolor 'auto {auto|none}
    markerfacecolor 'none {auto|none}; markersize [6]; xdata []; xdatasource '; ydata []
    ydatasource '; zdata []; zdatasource '
    """#

  static let legend = #"""
    autoupdate 'on {off|on}; edgecolor [0.15 0.15 0.15]; interpreter 'tex {latex|none|tex}
    location 'northeast; orientation 'vertical {horizontal|vertical}; string {}; textcolor [0 0 0]
    textposition 'right {left|right}; unmodified_axes_outerposition []; unmodified_axes_position []
    __axes_handle__ []; __vertical__ 'on {off|on}; axislocation 'out {in|out}
    axislocationmode 'auto {auto|manual}; direction 'normal {normal|reverse}; label []; limits [0 1]
    limitsmode 'auto {auto|manual}
    """#

  static let colorbar = #"""
    location 'eastoutside {east|eastoutside|manual|north|northoutside|south|southoutside|west|westoutside}
    tickdirection 'in {in|out}
    """#

  static let group = #"""
    displayname '
    """#

  static let light = #"""
    color [1 1 1]; position [1 0 1]; style 'infinite {infinite|local}
    """#
}
