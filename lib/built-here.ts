import { AssetHashType, type AssetOptions, DockerImage } from 'aws-cdk-lib/core';

/**
 * An asset that `build` writes into a folder on this machine. It is named by what comes out. `what` tells
 * assets of the same source apart: CDK builds those alike once, and does not look into functions.
 */
export const builtHere = (what: string, build: (outDir: string) => void): AssetOptions => ({
  assetHashType: AssetHashType.OUTPUT,
  bundling: {
    // CDK asks for an image, and uses it where the build here declines; these throw instead.
    image: DockerImage.fromRegistry('none'),
    command: [what],
    local: {
      tryBundle: (outDir) => {
        build(outDir);
        return true;
      },
    },
  },
});
