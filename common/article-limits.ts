/** Most characters of an article's title. */
export const TITLE_LIMIT = 80;

/** Most characters of a description for search engines, which cut off longer ones. */
export const SEO_DESCRIPTION_LIMIT = 155;
