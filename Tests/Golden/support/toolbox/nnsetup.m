function nn = nnsetup(architecture)
%NNSETUP creates a Feedforward Backpropagate Neural Network
    nn.size   = architecture;
    nn.n      = numel(nn.size);
    nn.activation_function              = 'tanh_opt';
    nn.learningRate                     = 2;
    nn.momentum                         = 0.5;
    nn.weightPenaltyL2                  = 0;
    nn.output                           = 'sigm';
    for i = 2 : nn.n
        nn.W{i - 1} = reshape(sin(1:nn.size(i)*(nn.size(i-1)+1)), nn.size(i), nn.size(i - 1)+1) * 0.3;
        nn.vW{i - 1} = zeros(size(nn.W{i - 1}));
        nn.p{i}     = zeros(1, nn.size(i));
    end
end
