/** The developer portal: APIs, operations, code samples, and a form to try a call. */
@NullMarked
package dev.bes.sandbox.portal.developer;

import org.jspecify.annotations.NullMarked;
