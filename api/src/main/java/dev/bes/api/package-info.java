/**
 * The JSON of the REST API, as records: what the service answers with and what clients read. The names and the order of the
 * components are the names and the order of the fields. A client ignores a field that it does not know.
 */
@NullMarked
package dev.bes.api;

import org.jspecify.annotations.NullMarked;
