/** What tokens of all kinds are signed with. */
package io.foreshard.flowsharder.sign;
