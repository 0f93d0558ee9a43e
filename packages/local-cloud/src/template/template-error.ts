/** The template is missing, broken or asks for something the local cloud cannot give. One clear sentence. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
