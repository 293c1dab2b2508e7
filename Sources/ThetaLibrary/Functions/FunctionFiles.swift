/// The builtins of Theta that Octave keeps in function files: `exist` answers 2 for them and 5 for the others, and only
/// they tell `nargin (name)` their number of arguments.
enum FunctionFiles {
  static let names: Set<String> = Set(
    list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

  private static let list = """
    accumarray acosd acot acoth acsc acsch addtodate annotation area asctime asec asech asind assert
    atand autumn axes axis bar barh base2dec beep beta betaln bin2dec bitcmp bitget bitset blanks
    blkdiag bone bounds box cast caxis cell2mat celldisp center circshift cla clearvars clf clock
    close closereq colorbar colormap common_size compan computer cond contour contour3 contourf conv
    cool copper corr corrcoef cosd cot coth cov cross csc csch cstrcat csvread csvwrite ctime
    cumtrapz daspect date datenum datestr datevec dblquad deal deblank dec2base dec2bin dec2hex
    deconv deg2rad del2 delete dir dlmwrite endsWith eomday errorbar etime expm ezplot factor
    factorial fftshift fieldnames figure fileparts fileread fill flag flip fliplr flipud fminbnd
    fminsearch fminunc fplot fullfile fzero gca gcf genvarname getfield gradient graphics_toolkit
    gray grid hadamard hankel hex2dec hidden hilb hist histc hold hot hsv idivide ifftshift image
    imagesc importdata imshow index inline inputParser inputname int2str integral interp1 interp2
    intersect invhilb iqr is_leap_year is_valid_file_id isbanded isdefinite isdeployed isdiag isdir
    isequal isequaln isfigure isfile isfolder ishandle ishermitian ishold isletter ismac ismember
    ismethod ispc isprime isstring issymmetric istril istriu isunix jet kurtosis lcm legend license
    line lines linsolve list_primes loglog logm logspace ls lscov mad magic mat2str mean meansq
    median mesh meshc meshgrid methods mkdir mkpp mode namelengthmax nargchk narginchk nargoutchk
    nchoosek ndgrid nextpow2 now nthargout nthroot null num2str ocean optimget optimset orderfields
    orth ostrsplit pareto pascal patch pbaspect pchip pcolor perms pie pink pkg plot plot3 plotyy
    polar poly polyder polyfit polyint polyreduce polyval polyvalm postpad pow2 powerset ppval
    prctile prepad primes print print_usage prism quadgk quadl quadv quantile quiver rad2deg randi
    range rank ranks rat reallog realpow realsqrt rectangle refresh regexptranslate repmat rindex
    roots rosser rot90 rotdim run saveas scatter scatter3 sec sech semilogx semilogy setdiff
    setfield setxor shading sind skewness sortrows spearman spline spring stairs startsWith std stem
    str2num strcat strchr strjoin strjust strread strsplit strtok strtrim structfun subplot substr
    substruct summer surf surfc swapbytes tand tempdir text textread title toeplitz trace trapz
    union unique unix untabify usejava validateattributes validatestring vander var vecnorm ver
    version view viridis waitforbuttonpress waterfall weekday which white wilkinson winter xlabel
    xlim xor ylabel ylim zlabel zlim zscore
    """
}
