import { type AttributeSetters, eagerSetters } from "./attribute_setters.ts";
import { cString, textAt } from "./c_strings.ts";
import { OpDefinitions } from "./op_definitions.ts";
import type { CLibrary } from "./open_library.ts";
import { Status } from "./status.ts";

/** TensorFlow, running: the library, its eager context and what every call needs. */
export class Context {
  readonly c: CLibrary;
  readonly status: Status;
  readonly pointer: Deno.PointerValue;
  readonly definitions: OpDefinitions;
  readonly setters: AttributeSetters;
  /** TensorFlow's version: "2.21.0". */
  readonly version: string;
  /** Name of the first GPU as C wants it, or null where ops run on the processor. */
  readonly gpu: Uint8Array<ArrayBuffer> | null;

  constructor(c: CLibrary) {
    this.c = c;
    this.status = new Status(c);
    this.definitions = new OpDefinitions(c, this.status);
    this.setters = eagerSetters(c, this.status.pointer);
    this.version = textAt(c.TF_Version());
    const options = c.TFE_NewContextOptions();
    this.pointer = c.TFE_NewContext(options, this.status.pointer);
    c.TFE_DeleteContextOptions(options);
    this.status.check(() => "Starting TensorFlow");
    this.gpu = this.#firstGpu();
  }

  #firstGpu(): Uint8Array<ArrayBuffer> | null {
    const { c, status } = this;
    const devices = c.TFE_ContextListDevices(this.pointer, status.pointer);
    status.check(() => "Listing TensorFlow's devices");
    try {
      for (let index = 0; index < c.TF_DeviceListCount(devices); index++) {
        if (textAt(c.TF_DeviceListType(devices, index, status.pointer)) === "GPU") {
          return cString(textAt(c.TF_DeviceListName(devices, index, status.pointer)));
        }
      }
      return null;
    } finally {
      c.TF_DeleteDeviceList(devices);
    }
  }
}
