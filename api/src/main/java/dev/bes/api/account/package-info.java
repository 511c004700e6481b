/** The JSON of users, keys and the caller himself. */
@NullMarked
package dev.bes.api.account;

import org.jspecify.annotations.NullMarked;
