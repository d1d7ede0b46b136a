/** What both pages do: meet device "cpu" or the error that stands for it, train, and send what came of it. */
export async function report({ torch, nn, optim }, addReference) {
  const result = { error: null, missing: false };
  try {
    torch.tensor([1]);
  } catch (error) {
    result.error = `${error.name}: ${error.message}`;
    try {
      torch.setDefaultDevice("reference");
    } catch {
      result.missing = true;
      await addReference();
      torch.setDefaultDevice("reference");
    }
  }
  try {
    result.losses = train(torch, nn, optim);
    result.device = torch.getDefaultDevice();
  } catch (error) {
    result.error = `training: ${error.stack}`;
  }
  await fetch(location.pathname, { method: "POST", body: JSON.stringify(result) });
}

function train(torch, { Linear, ReLU, Sequential, functional, mseLoss = functional.mseLoss }, { Adam }) {
  torch.manualSeed(0);
  const net = new Sequential(new Linear(2, 16), new ReLU(), new Linear(16, 1));
  const optimizer = new Adam(net.parameters(), { lr: 0.05 });
  const x = torch.randn(64, 2);
  const y = x.mul(x).sum(1, { keepdim: true });
  return Array.from({ length: 40 }, () => {
    optimizer.zeroGrad();
    const loss = mseLoss(net(x), y);
    loss.backward();
    optimizer.step();
    return loss.item();
  });
}
