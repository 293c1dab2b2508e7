function a = relu (z)
% The rectifier, for running our scripts in Octave.
a = max (z, 0);
a(isnan (z)) = NaN;
end
