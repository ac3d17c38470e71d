/** The training steps that are compared, and what they are called. */
export const trainings: Readonly<Record<string, string>> = {
  autoencoder: "autoencoder",
  vae: "variational autoencoder",
  gan: "DCGAN",
};

/** The face networks that are compared, and what they are called. */
export const networks: Readonly<Record<string, string>> = {
  blazeface: "BlazeFace",
  facemesh: "face mesh",
  faceres: "face features",
  age_gender: "age and gender",
};
