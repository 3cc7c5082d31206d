// tsconfig.json's "paths" for dependency-cruiser, which reads them only with a TypeScript that has a JavaScript API.
import path from "node:path";

export default { resolve: { alias: { "@": path.join(import.meta.dirname, "..") } } };
