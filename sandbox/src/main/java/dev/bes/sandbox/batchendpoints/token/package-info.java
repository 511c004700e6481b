/** Tokens as Microsoft Entra ID issues them to programs, and who takes them. */
@NullMarked
package dev.bes.sandbox.batchendpoints.token;

import org.jspecify.annotations.NullMarked;
