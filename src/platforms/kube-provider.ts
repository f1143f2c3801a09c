import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { FIXED_PATH } from './executable.ts';
import { reasonOf, type Kubectl } from './kube-client.ts';
import { StepRefused } from './step.ts';

/** Clouds whose way of signing in is checked before kubectl is let at the cluster. */
export type Provider = 'aks' | 'gke';

interface View {
  readonly clusters?: readonly { readonly cluster?: { readonly server?: string } }[];
  readonly users?: readonly {
    readonly user?: Record<string, unknown> & { readonly exec?: { readonly command?: string } };
  }[];
}

const PLUGINS: Readonly<Record<Provider, RegExp>> = {
  aks: /(?:^|\/)kubelogin$/,
  gke: /(?:^|\/)gke-gcloud-auth-plugin$/,
};
const AKS_SERVER = /^https:\/\/[a-z0-9.-]+\.azmk8s\.io(?::\d+)?\/?$/i;

/**
 * That the context is one of this cloud and that its sign-in can work without a person at a keyboard.
 *
 * @throws StepRefused with what to do about it.
 */
export async function checkProvider(kubectl: Kubectl, provider: Provider, context: string): Promise<void> {
  const end = await kubectl.run(['config', 'view', '--minify', '--output=json']);
  if (end.exitCode !== 0) throw new StepRefused(`kubectl config view: ${reasonOf(end)}`);
  const view = JSON.parse(end.stdout) as View;
  const fault = faultOf(provider, context, view);
  if (fault !== null) throw new StepRefused(fault);
}

function faultOf(provider: Provider, context: string, { clusters, users }: View): string | null {
  const server = clusters?.[0]?.cluster?.server ?? '';
  const user = users?.[0]?.user ?? {};
  const plugin = user.exec?.command;
  if (provider === 'aks' && !AKS_SERVER.test(server)) {
    return `context ${context} leads to ${server || 'no server'}, which is not an AKS cluster (…azmk8s.io)`;
  }
  if (plugin === undefined) {
    if ('auth-provider' in user)
      return `context ${context} signs in by an auth-provider, which kubectl dropped in 1.26`;
    // Local accounts of AKS are client certificates; GKE has had none since 1.12.
    return provider === 'gke' ? `context ${context} does not sign in by gke-gcloud-auth-plugin` : null;
  }
  if (!PLUGINS[provider].test(plugin))
    return `context ${context} signs in by ${plugin}, not as ${provider.toUpperCase()} does`;
  return isThere(plugin) ? null : `${plugin}, by which context ${context} signs in, is not on ${FIXED_PATH}`;
}

function isThere(program: string): boolean {
  const paths = program.includes('/') ? [program] : FIXED_PATH.split(':').map((dir) => join(dir, program));
  return paths.some((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      // Not here; the next place is looked at.
      return false;
    }
  });
}
