declare module 'njre' {
  const njre: {
    install(
      version: number,
      options: { release: string; type: 'jre'; installPath: string },
    ): Promise<string>;
  };
  export default njre;
}
