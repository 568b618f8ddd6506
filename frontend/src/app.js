// Makes every page quicker in the hand. Without this script every page works too.
//
// What the server provides, each optional:
//   <html data-theme="light|dark" data-density="compact|ruim">   from the cookies `thema` and `dichtheid`, so that nothing flashes
//   <meta name="csrf-token" content="...">                       sent as X-CSRFToken with every htmx request that is no GET
//   [data-theme-toggle] [data-density-toggle]                    buttons
//   details.who                                                  a menu: closes on Escape and on a click beside it
//   [data-dialog="ID"]                                           a button that opens <dialog id="ID">
//   [data-row]                                                   the link of a list row; arrows walk, x selects, Enter opens
//   .check input in thead and tbody                              choosing rows
//   .bulk with [data-n data-one="1 taak" data-many="{n} taken"]  the bar with actions: its count; [data-clear] lets go
//   #zoek  [data-next]  #actie                                   reached by the keys /  n  a
//   <dialog id="toetsen">, checkbox #toetsen-uit                 the list of keys (?), and the switch that turns them off
//   form[data-upload] with [data-drop] and [data-chosen]         files to choose or drop, each sent by itself with what became of it
//   <p id="geen-verbinding" role="alert" hidden>                 shown when a request could not reach the server
import './app/requests.js';
import './app/theme.js';
import './app/menus.js';
import { watchSelection } from './app/selection.js';
import { watchKeys } from './app/keys.js';
import { watchUploads } from './app/uploads.js';

watchSelection();
watchKeys();
watchUploads();
