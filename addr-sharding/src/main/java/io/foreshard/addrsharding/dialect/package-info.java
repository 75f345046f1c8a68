/** The languages of routers: a plan goes in, the text of a file comes out. Pure and without state. */
@NullMarked
package io.foreshard.addrsharding.dialect;

import org.jspecify.annotations.NullMarked;
