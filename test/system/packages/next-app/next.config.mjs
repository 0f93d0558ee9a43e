/** Its root would otherwise be the next folder above that has a lock file. */
export default { turbopack: { root: import.meta.dirname } };
