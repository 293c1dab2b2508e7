function g = sigmoid (z)
% The logistic function, for running our scripts in Octave.
g = 1 ./ (1 + exp (-z));
end
