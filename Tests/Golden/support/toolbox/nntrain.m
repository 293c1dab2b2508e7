function [nn, L]  = nntrain(nn, train_x, train_y, opts)
assert(isfloat(train_x), 'train_x must be a float');
assert(nargin == 4 || nargin == 6,'number ofinput arguments must be 4 or 6')
loss.train.e = [];
m = size(train_x, 1);
batchsize = opts.batchsize;
numbatches = m / batchsize;
assert(rem(numbatches, 1) == 0, 'numbatches must be a integer');
L = zeros(opts.numepochs*numbatches,1);
n = 1;
for i = 1 : opts.numepochs
    tic;
    for l = 1 : numbatches
        batch_x = train_x((l - 1) * batchsize + 1 : l * batchsize, :);
        batch_y = train_y((l - 1) * batchsize + 1 : l * batchsize, :);
        nn = nnff(nn, batch_x, batch_y);
        nn = nnbp(nn);
        for k = 1:nn.n-1
          dW = nn.learningRate * nn.dW{k};
          nn.vW{k} = nn.momentum*nn.vW{k} + dW;
          nn.W{k} = nn.W{k} - nn.vW{k};
        end
        L(n) = nn.L;
        n = n + 1;
    end
    t = toc;
    disp(['epoch ' num2str(i) '/' num2str(opts.numepochs) '. Took some seconds. Mini-batch mean squared error on training set is ' num2str(mean(L((n-numbatches):(n-1))))]);
end
end
