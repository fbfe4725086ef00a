declare module "*/default-home.cjs" {
  export function defaultHome(
    env: Readonly<Record<string, string | undefined>>,
    platform: NodeJS.Platform,
  ): string;
}
